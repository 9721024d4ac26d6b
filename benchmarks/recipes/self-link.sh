#!/bin/sh
# The linker's own executable: .NET's runtime as static archives, the C library, and one object of 20 MB that .NET's compiler makes.
set -eu
"$ROOT/x" bootstrap
cd "$ROOT/src/FullRust.Driver"
set --
while IFS= read -r argument; do set -- "$@" "$argument"; done <"$ROOT/artifacts/bootstrap/arguments"
RECORD_WITH=$ROOT/artifacts/bootstrap/stage2-ld
export RECORD_WITH
printf '#!/bin/sh\nexec "%s" ld "$@"\n' "$ROOT/artifacts/bootstrap/stage2" >"$RECORD_WITH"
chmod +x "$RECORD_WITH"
# lld drops __modules, which only __start___modules refers to, and then misses that symbol; .NET passes it the same option.
"$RECORDER" "$@" --strip-debug -z nostart-stop-gc -o "$WORK/fullrust"
rm "$RECORD_WITH"
