#!/bin/sh
# Puts the executables into FULLRUST_BIN's prefix: from a release's tarball if FULLRUST_VERSION names one, else built from this action's own copy.
#
#   FULLRUST_VERSION   a version such as 0.1.0, or empty
#   FULLRUST_PREFIX    where to install
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
mkdir -p "$FULLRUST_PREFIX"
if [ -n "${FULLRUST_VERSION:-}" ]; then
    name=fullrust-$FULLRUST_VERSION-x86_64-linux
    curl --fail --silent --show-error --location --retry 3 \
        "https://github.com/KarpelesLab/fullrust/releases/download/v$FULLRUST_VERSION/$name.tar.gz" |
        tar -xz -C "$FULLRUST_PREFIX" --strip-components=1
else
    "$here/x" install --prefix "$FULLRUST_PREFIX"
fi
