#!/bin/sh
# The steps of action.yml. Inputs come by environment variables, never by text substitution:
#
#   FULLRUST_ARGS       further arguments of `cargo fullrust build`, separated by blanks or newlines
#   FULLRUST_MODE       zero-touch (default), runtime or stable
#   FULLRUST_BIN        the folder of the installed executables
#   GITHUB_OUTPUT       receives: binary (paths, one a line), size (bytes, one a line), verified (true)
#   GITHUB_STEP_SUMMARY receives a table
#
# The current folder is the crate's. Exit status: cargo's own; a program that is not verified fails the step.
set -eu

mode=${FULLRUST_MODE:-zero-touch}
case $mode in
zero-touch | runtime | stable) ;;
*)
    echo "::error::mode must be zero-touch, runtime or stable, not \"$mode\""
    exit 2
    ;;
esac

messages=$(mktemp)
trap 'rm -f "$messages"' EXIT
# shellcheck disable=SC2086 # words are meant to be split, but not to be matched with file names
(
    set -f
    exec "$FULLRUST_BIN/cargo-fullrust" fullrust "--$mode" build --message-format=json-render-diagnostics ${FULLRUST_ARGS:-}
) >"$messages" || {
    status=$?
    echo "::error::cargo fullrust build failed (exit code $status)"
    exit "$status"
}

# Our messages are written by one program with fields in one order: reason, path, size, verified.
programs=$(sed -n 's/^{"reason":"fullrust-program","path":"\(.*\)","size":\([0-9]*\),"verified":true,.*/\2 \1/p' "$messages")
if [ -z "$programs" ]; then
    echo "::error::the build left no program"
    exit 1
fi

{
    printf 'binary<<fullrust-end\n%s\nfullrust-end\n' "$(printf '%s\n' "$programs" | cut -d' ' -f2-)"
    printf 'size<<fullrust-end\n%s\nfullrust-end\n' "$(printf '%s\n' "$programs" | cut -d' ' -f1)"
    printf 'verified=true\n'
} >>"${GITHUB_OUTPUT:-/dev/stdout}"

{
    printf '| program | bytes | verdict |\n|---|---|---|\n'
    printf '%s\n' "$programs" | while read -r size path; do
        printf '| %s | %s | static, libc-free |\n' "$path" "$size"
    done
} >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
