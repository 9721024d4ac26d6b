SOURCE=lua5.4
LIBCS='glibc musl'

build() { make -C src -j"$jobs" CC="$CC" MYCFLAGS='-DLUA_USE_POSIX' lua luac; }
relink() { build; }

# The released source has no suite of its own: these scripts compute something with most of the library, and must print the same.
check() {
    for script in "$here"/lua/*.lua; do
        name=$(basename "$script" .lua)
        if src/lua "$script" && src/luac -o out.luac "$script" && src/lua out.luac; then result=PASS; else result=FAIL; fi
        printf '%s %s\n' "$name" $result >&3
    done
}
