#!/usr/bin/env bash
# Makes a hierarchy and proves with openssl itself that it behaves as the genuine one does
# (docs/requirements/hpki.md: PKI-001 to PKI-008, PKI-010, PKI-012, PKI-016, PKI-020).
set -euo pipefail

make=$(pwd)/tools/pki/make
pki=${TEST_TMPDIR:?}/pki
readonly AUTH=1.2.392.100495.1.5.1.2.3.1 SIGN=1.2.392.100495.1.5.1.1.3.1 ORG=1.2.392.100495.1.5.1.3.3.1
failures=0

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

# verify WHAT WANT CERTIFICATE [openssl verify options]: WANT is "OK" or the number of OpenSSL's error.
verify() {
  local what=$1 want=$2 certificate=$3 got
  shift 3
  got=$(openssl verify -CAfile "$pki/trust/hpki-root.pem" -untrusted "$pki/trust/intermediates.pem" \
    -CRLfile "${crls:-$pki/trust/crls.pem}" "$@" "$certificate" 2>&1) || true
  if [[ $want == OK ]]; then
    [[ $got == *": OK" ]] || fail "$what: $got"
  else
    [[ $got == *"error $want at"* ]] || fail "$what: wanted error $want, got $got"
  fi
}

as_client() { verify "$1" "$2" "$pki/identities/$1/cert.pem" -x509_strict -crl_check_all -explicit_policy \
  -purpose sslclient -policy "${3:-$AUTH}"; }

test_practitioners() {
  local name
  for name in clinic-1-doctor clinic-1-dentist clinic-1-director hospital-1-doctor hospital-1-nurse \
    pharmacy-1-pharmacist pharmacy-2-pharmacist ambulance-1-paramedic doctor-two-roles doctor-not-enrolled \
    role-unknown no-hcrole doctor-revoked-signer; do
    as_client $name OK
  done
  as_client doctor-expired 10
  as_client doctor-revoked 23
  as_client doctor-signing-as-tls 26
  as_client doctor-test-policy 43
  as_client doctor-foreign-root 20
}

test_traps() {
  local doctor=$pki/identities/clinic-1-doctor dentist=$pki/identities/clinic-1-dentist
  local test_card=$pki/identities/doctor-test-policy/cert.pem
  verify "test card without explicit policy" OK "$test_card" -purpose sslclient -policy $AUTH
  verify "signing certificate, authentication policy" 43 "$doctor/sign-cert.pem" -policy $AUTH -explicit_policy
  verify "EKU clientAuth cannot sign" 26 "$doctor/cert.pem" -purpose smimesign
  verify "no EKU passes as signer" OK "$dentist/cert.pem" -purpose smimesign -policy $AUTH -explicit_policy
  verify "97 h later" 12 "$doctor/cert.pem" -crl_check_all -attime $(($(date +%s) + 97 * 3600))
  crls=$TEST_TMPDIR/some-crls.pem
  cat "$pki"/ca/auth/crl.pem "$pki"/ca/root/sarl.pem >"$crls"
  verify "no RARL, whole path" 44 "$doctor/cert.pem" -crl_check_all
  verify "no RARL, leaf only" OK "$doctor/cert.pem" -crl_check
  cat "$pki"/ca/root/{sarl,rarl}.pem >"$crls"
  verify "no list of the issuing CA" 3 "$doctor/cert.pem" -crl_check_all
  crls=
}

test_signers_and_facilities() {
  local name
  for name in clinic-1-doctor clinic-1-dentist hospital-1-doctor pharmacy-1-pharmacist pharmacy-2-pharmacist; do
    verify "$name signs" OK "$pki/identities/$name/sign-cert.pem" -purpose any -crl_check_all -policy $SIGN \
      -explicit_policy
  done
  verify "revoked signer" 23 "$pki/identities/doctor-revoked-signer/sign-cert.pem" -purpose any -crl_check_all
  for name in insurer-1 payer-1 pharmacy-1-terminal clinic-1-terminal ambulance-1-terminal careplan-1-office \
    homehelp-1-office; do
    as_client $name OK $ORG
    as_client $name 43 $AUTH
  done
}

test_time_stamp_and_internal() {
  local name
  openssl verify -CAfile "$pki/tsa/root.pem" -CRLfile "$pki/tsa/crl.pem" -crl_check_all -x509_strict \
    -purpose timestampsign "$pki/tsa/cert.pem" >/dev/null || fail "time stamp certificate"
  for name in gateway eligibility medication prescription emergency ltc audit; do
    openssl verify -CAfile "$pki/internal/ca.pem" -x509_strict -purpose sslserver -verify_hostname localhost \
      -verify_ip 127.0.0.1 "$pki/internal/$name/cert.pem" >/dev/null || fail "TLS of $name"
  done
  openssl verify -CAfile "$pki/internal/ca.pem" -x509_strict -purpose sslclient \
    "$pki/internal/gateway-client/cert.pem" >/dev/null || fail "TLS of gateway-client"
  for name in gateway-principal eligibility-context emergency-context; do
    [[ $(openssl pkey -in "$pki/internal/$name.key.pem" -pubout) == "$(<"$pki/internal/$name.pub.pem")" ]] ||
      fail "token key $name"
  done
  grep -qxE '[0-9a-f]{64}' "$pki/internal/subject.key" || fail "subject key"
}

# The extension of a genuine certificate (Medical Doctor), byte for byte.
test_genuine_hcrole() {
  local genuine=303430320606288185420001312831263024A0223120A00C060A2A830886910F01060101A2100C0E
  genuine+=4D65646963616C20446F63746F72
  openssl asn1parse -in "$pki/identities/clinic-1-doctor/cert.pem" | grep -q ":$genuine\$" || fail "hcRole bytes"
}

test_keys_are_private_and_match() {
  local key open certificate
  open=$(find "$pki" -type f \( -name '*key.pem' -o -name '*.key' \) ! -perm 0600)
  [[ -z $open ]] || fail "keys that others can read: $open"
  while read -r key; do
    certificate=${key%key.pem}cert.pem
    [[ $(openssl pkey -in "$key" -pubout) == "$(openssl x509 -in "$certificate" -noout -pubkey)" ]] ||
      fail "$key does not belong to its certificate"
  done < <(find "$pki/identities" "$pki/tsa" -name '*key.pem')
}

test_again_refresh_and_revoke() {
  local before
  before=$(find "$pki" -type f -exec sha256sum {} + | sort)
  "$make" "$pki"
  [[ $before == "$(find "$pki" -type f -exec sha256sum {} + | sort)" ]] || fail "a second run changed something"
  "$make" "$pki" --refresh-crls
  as_client hospital-1-nurse OK
  as_client doctor-revoked 23
  "$make" "$pki" --revoke hospital-1-nurse
  as_client hospital-1-nurse 23
  [[ $("$make" "$pki" --revoke hospital-1-nurse) == *"hospital-1-nurse was revoked before." ]] ||
    fail "revoked twice"
  "$make" "$pki" --revoke doctor-revoked-signer | grep -q . && fail "the card of doctor-revoked-signer was not revoked"
  as_client doctor-revoked-signer 23
  "$make" "$pki" --seed-date "now + 60 hours"
  verify "lists renewed" OK "$pki/identities/clinic-1-doctor/cert.pem" -crl_check_all \
    -attime $(($(date +%s) + 100 * 3600))
}

test_help() {
  local text
  text=$("$make" --help) || fail "--help fails"
  [[ $text == *--refresh-crls*--revoke* ]] || fail "--help says: $text"
}

test_nothing_is_left_of_a_run_that_was_ended() {
  local folder=$TEST_TMPDIR/ended
  mkdir "$folder"
  "$make" "$folder/pki" &
  until [[ -d $folder/pki.new ]]; do sleep 0.05; done
  kill $!
  wait $! && fail "it did not end"
  [[ -z $(ls "$folder") ]] || fail "left: $(ls "$folder")"
}

test_help
test_nothing_is_left_of_a_run_that_was_ended
"$make" "$pki"
[[ ! -e $pki.lock ]] || fail "$pki.lock is left"
test_practitioners
test_traps
test_signers_and_facilities
test_time_stamp_and_internal
test_genuine_hcrole
test_keys_are_private_and_match
test_again_refresh_and_revoke
((failures == 0)) || { echo "$failures failures" >&2; exit 1; }
echo "all good"
