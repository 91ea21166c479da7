#!/bin/bash
# The program as people and scripts run it, without any server: exit statuses and what is printed.
set -uo pipefail

tsunagu=$1
work=$TEST_TMPDIR
failed=0

# expect STATUS TEXT COMMAND...: the exit status, and a text in what is printed.
expect() {
  local status=$1 text=$2 output
  shift 2
  output=$("$@" 2>&1)
  local got=$?
  if [ "$got" -ne "$status" ] || [[ $output != *"$text"* ]]; then
    echo "FAILED: $*: status $got, expected $status and \"$text\""
    echo "$output" | head -20
    failed=1
  else
    echo "ok: $*"
  fi
}

records=services/prescription/record/testdata
plans=services/ltc/careplan/testdata

expect 0 "\"findings\": []" "$tsunagu" check "$records/a05_zengen_2rp.txt"
expect 0 "\"errors\": 0" "$tsunagu" check "$records/a15_wareki_koureisha.txt"
expect 1 'RX-116' "$tsunagu" check "$records/n08_no_drug_in_rp.txt"
expect 0 '"format": "care_plan"' "$tsunagu" check "$plans"/*_20260825101530.CSV
expect 0 '"format": "receipt"' "$tsunagu" check services/medication/uke/testdata/RECEIPTY_synthetic.CYO
expect 0 '"kind": "dpc"' "$tsunagu" check services/medication/uke/testdata/RECEIPTD_synthetic.UKE
expect 0 '"kind": "dental"' "$tsunagu" check services/medication/uke/testdata/RECEIPTS_synthetic.UKE
expect 0 '"format": "eligibility_request"' "$tsunagu" check services/eligibility/oqs/testdata/OQSsiquc01req_*.xml
echo hello > "$work/hello"
# CL-010, CL-011, CL-012: told in the JSON, which is all that standard output holds.
expect 2 '"rule": "CL-010"' "$tsunagu" check "$work/missing"
expect 2 'it is a folder' "$tsunagu" check "$work"
expect 2 '"rule": "CL-011"' "$tsunagu" check /dev/null
expect 2 '"rule": "CL-012"' "$tsunagu" check "$work/hello"
# CL-013, RX-181: with a master drug codes are looked up, without one they are not.
master=services/platform/drug_master/testdata/y_small.csv
for file in "$work/hello" "$work/missing"; do
  expect 2 'NOT_A_DRUG_MASTER' "$tsunagu" check --master "$file" "$records/a15_wareki_koureisha.txt"
done
# MH-089
sed -n '1s/"0"/"5"/p' "$master" > "$work/difference.csv"
expect 0 '"kind": "difference"' "$tsunagu" check "$work/difference.csv"
expect 2 'is a difference file' "$tsunagu" check --master "$work/difference.csv" "$records/a15_wareki_koureisha.txt"
# CL-021
"$tsunagu" check --master "$work/difference.csv" "$records/a15_wareki_koureisha.txt" > "$work/output" 2> /dev/null
if ! python3 -c 'import json, sys; json.load(sys.stdin)["error"]["reason"]' < "$work/output"; then
  echo "FAILED: tsunagu check printed no JSON"
  failed=1
fi
expect 1 'RX-181' "$tsunagu" check --master "$master" "$records/a15_wareki_koureisha.txt"
# What can be read is reported although another file cannot.
expect 2 '"format": "record"' "$tsunagu" check "$work/missing" "$records/a05_zengen_2rp.txt"

# RX-203, RX-204: symbols are joined in the order given, and what is made of them is read again.
convert() { "$tsunagu" prescription convert "${@:2}" --to "$1"; }
head -c 150 "$records/a14_henkoufuka_all.txt" > "$work/symbol-1"
tail -c +151 "$records/a14_henkoufuka_all.txt" > "$work/symbol-2"
expect 0 'RX-205' convert sj1 "$work/symbol-1" "$work/symbol-2" --out "$work/a14.sj1"
expect 0 '"format": "SJ1"' "$tsunagu" check <(grep -v '^22,' "$work/a14.sj1" | sed '/^21,/a 22,06012348')
expect 0 'converted' convert jahis "$work/a14.sj1" --out "$work/a14.txt"
expect 0 '' cmp "$work/a14.txt" "$records/a14_henkoufuka_all.txt"
expect 1 'RX-204' convert sj1 "$records/a13_kakujitsu.txt" --out "$work/a13.sj1"
expect 1 'RX-107' convert sj1 "$records/n09_unescaped_comma.txt" --out "$work/n09.sj1"
expect 1 'RX-181' convert sj1 "$records/a15_wareki_koureisha.txt" --out "$work/a15.sj1" --master "$master"
expect 1 'OTHER_KIND_OF_FILE' "$tsunagu" prescription copy "$work/a14.sj1" --code 123456 --id x --out "$work/copy.pdf"
expect 64 'USAGE' convert pdf "$work/a14.sj1" --out "$work/a14.pdf"

expect 0 'eligibility' "$tsunagu" --help
# CL-002
expect 64 'who calls?' "$tsunagu" medication history --context "$work/hello"
expect 64 'who calls?' "$tsunagu" terminal --folder "$work"
expect 1 'status.json' "$tsunagu" terminal --folder "$work" --status
# TM-012
echo '301 only-one-name' > "$work/names"
expect 1 'NAMES_MALFORMED' "$tsunagu" terminal --folder "$work" --names "$work/names"
expect 1 "pki/identities/nobody/cert.pem" "$tsunagu" --as nobody --dir "$work" audit history --context "$work/hello"
expect 1 '"code": "NOT_FOUND"' "$tsunagu" --json medication history --context "$work/missing"
expect 1 RX-100 "$tsunagu" --as clinic-1-doctor prescription sign "$work/hello" --out "$work/x"
printf 'SJ1\n101,1,1,,14\n' > "$work/bad.txt"
expect 1 'RX-110' "$tsunagu" --as clinic-1-doctor prescription sign "$work/bad.txt" --out "$work/x"

# CL-001
expect 64 'not known: nonsense' "$tsunagu" nonsense
for wrong in "" "nonsense" "medication" "medication history" "prescription accept --code 1" "--deadline x check y"; do
  # shellcheck disable=SC2086 # words
  expect 64 'USAGE' "$tsunagu" $wrong
  # shellcheck disable=SC2086
  "$tsunagu" --json $wrong > "$work/output" 2> /dev/null
  if ! python3 -c 'import json, sys; json.load(sys.stdin)["error"]["message_ja"]' < "$work/output"; then
    echo "FAILED: tsunagu --json $wrong printed no JSON"
    failed=1
  fi
done
expect 0 'Exit status' "$tsunagu" --json --help
exit $failed
