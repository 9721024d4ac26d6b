#!/bin/sh
# The runtime's own hello, as small as it gets: one object after fat LTO.
set -eu
cd "$ROOT/runtime"
RECORD_WITH=$(rustc --print sysroot)/lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld/ld.lld
export RECORD_WITH
RUSTFLAGS="-C linker=$RECORDER -C linker-flavor=ld -C relocation-model=static -C panic=abort -C link-arg=-static" \
    cargo build -q -p hello --release --target x86_64-unknown-linux-gnu --target-dir "$WORK"
