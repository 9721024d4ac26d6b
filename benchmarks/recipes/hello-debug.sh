#!/bin/sh
# The same in development form: dozens of objects, debug information, all of core and alloc as archives.
set -eu
cd "$ROOT/runtime"
RECORD_WITH=$(rustc --print sysroot)/lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld/ld.lld
export RECORD_WITH
RUSTFLAGS="-C linker=$RECORDER -C linker-flavor=ld -C relocation-model=static -C panic=abort -C link-arg=-static" \
    cargo build -q -p hello --target x86_64-unknown-linux-gnu --target-dir "$WORK"
