#!/bin/sh
# A C program with glibc's static library: many small archive members, IFUNCs, thread-local storage.
set -eu
cd "$WORK"
printf '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' >hello.c
gcc -O2 -static -no-pie "-B$RECORDER_FOLDER" -o hello hello.c
