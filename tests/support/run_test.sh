#!/bin/sh
# Runs the unit tests of one module of the package `support`.
set -eu
cd "$(dirname "$0")/.."
PYTHONDONTWRITEBYTECODE=1 exec python3 -m unittest "$1"
