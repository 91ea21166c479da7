#!/bin/bash
# Needs the broker of TSUNAGU_TEST_KAFKA (tests/support/cluster.h).
set -uo pipefail

topics=$1
kafka=${TSUNAGU_TEST_KAFKA:?no broker: see tests/support/cluster.h}
name=topics-test-$(date +%s%N)-$$
failed=0

# expect STATUS TEXT COMMAND...
expect() {
  local status=$1 text=$2 output
  shift 2
  output=$("$@" 2>&1)
  local got=$?
  if [ "$got" -ne "$status" ] || [[ $output != *"$text"* ]]; then
    echo "FAILED: $*: status $got, expected $status and \"$text\"; printed: $output"
    failed=1
  fi
}

expect 0 "created $name.a" "$topics" "$kafka" 4 "$name.a" "$name.b"
expect 0 "" "$topics" "$kafka" 4 "$name.a" "$name.b"
expect 0 "created $name.c" "$topics" "$kafka" 4 "$name.a" "$name.c"
expect 1 "does not have 8 partitions" "$topics" "$kafka" 8 "$name.a"
expect 1 "usage" "$topics" "$kafka" 0 "$name.a"
expect 1 "usage" "$topics" "$kafka" many "$name.a"
expect 1 "usage" "$topics" "$kafka" 4
exit $failed
