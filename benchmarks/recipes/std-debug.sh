#!/bin/sh
# An ordinary program on the real standard library, linked statically with the C library, with debug information: what a linker sees
# of a middle-sized Rust program. Its two dozen crates are generated.
set -eu
cd "$WORK"
. "$(dirname "$RECORDER")/many-crates"
RUSTFLAGS="-C linker=gcc -C link-arg=-B$RECORDER_FOLDER -C target-feature=+crt-static -C relocation-model=static" \
    cargo build -q --offline --target x86_64-unknown-linux-gnu --target-dir "$WORK/target"
