SOURCE=sqlite3
LIBCS='glibc'

build() { ./configure --disable-shared --with-tcl=/usr/lib/tcl8.6 --disable-readline && relink; }
# libtool keeps -static for itself. Tcl's static library needs zlib.
relink() { make -j"$jobs" LTLINK_EXTRAS=-all-static TLIBS='-lz -lm' sqlite3 testfixture; }

# A line a test of the suite "veryquick", which refuses to run as root.
check() {
    as=
    if [ "$(id -u)" = 0 ]; then
        chown -R nobody .
        as='setpriv --reuid=nobody --clear-groups'
    fi
    $as ./testfixture test/veryquick.test 2>&1 | sed -n 's/^\([^ ]*\)\.\.\. Ok$/\1 PASS/p; s/^! \([^ ]*\) expected:.*/\1 FAIL/p' >&3
}
