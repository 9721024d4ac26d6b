#!/bin/sh
# An ordinary program of two dozen crates, built by "cargo fullrust build" in development form on fullrust's own standard library: the
# link that a developer waits for after every change.
set -eu
cd "$WORK"
. "$(dirname "$RECORDER")/many-crates"
RUSTFLAGS="-C link-arg=--reproduce=$WORK/link.tar" "$ROOT/artifacts/bin/fullrust" cargo build --offline --target-dir "$WORK/target"
tar -xf link.tar

# The archive holds the inputs under their full paths; what only our linker knows is left out of the arguments.
folder=$(find "$WORK" -maxdepth 2 -name response.txt -exec dirname {} \;)
mkdir -p "$RECORD_TO/inputs"
raw=''
while IFS= read -r argument; do
    case $raw in
    drop) raw='' && continue ;;
    keep) raw='' && printf '%s\n' "$argument" && continue ;;
    esac
    case $argument in
    -o | -L) raw=drop ;;
    --reproduce=* | --strip-unwind-tables | --skip-shared) ;;
    -z | -m | -e | -u) raw=keep && printf '%s\n' "$argument" ;;
    -*) printf '%s\n' "$argument" ;;
    *)
        name=inputs/$(basename "$argument")
        cp "$folder/$argument" "$RECORD_TO/$name"
        printf '%s\n' "$name"
        ;;
    esac
done <"$folder/response.txt" >"$RECORD_TO/response.txt"
