#!/bin/sh
# Puts the executables into FULLRUST_BIN's prefix: from a release's tarball if FULLRUST_VERSION names one, else built from this action's own copy.
#
#   FULLRUST_VERSION   a version such as 0.1.0, or empty
#   FULLRUST_PREFIX    where to install
#   FULLRUST_RELEASES  where releases are, instead of this project's own
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
mkdir -p "$FULLRUST_PREFIX"
if [ -n "${FULLRUST_VERSION:-}" ]; then
    name=fullrust-$FULLRUST_VERSION-x86_64-linux
    # In two steps: a download that breaks off must not count as done.
    curl --fail --silent --show-error --location --retry 3 --output "$FULLRUST_PREFIX/$name.tar.gz" \
        "${FULLRUST_RELEASES:-https://github.com/KarpelesLab/fullrust/releases/download}/v$FULLRUST_VERSION/$name.tar.gz" ||
        { echo "::error::there is no release $FULLRUST_VERSION to download"; exit 1; }
    tar -xzf "$FULLRUST_PREFIX/$name.tar.gz" -C "$FULLRUST_PREFIX" --strip-components=1
    rm "$FULLRUST_PREFIX/$name.tar.gz"
else
    "$here/x" install --prefix "$FULLRUST_PREFIX"
fi
