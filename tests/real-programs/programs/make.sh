SOURCE=make-dfsg
LIBCS='glibc musl'

build() { ./configure --disable-load --disable-nls --without-guile --disable-dependency-tracking && make -j"$jobs"; }

check() {
    (cd tests && perl ./run_make_tests.pl -make ../make) | tee check.all || true
    sed -n -e 's/^\([a-z]*\/[^ ]*\) \.* *ok .*/\1 PASS/p' -e 's/^\([a-z]*\/[^ ]*\) \.* *FAILED \(.*\)/\1 FAIL \2/p' -e 's/^\([a-z]*\/[^ ]*\) \.* *N\/A.*/\1 SKIP/p' check.all >&3
}
