SOURCE=jq
LIBCS='glibc'

build() { ./configure --disable-shared --disable-nls --disable-dependency-tracking --without-oniguruma --disable-maintainer-mode && make -j"$jobs"; }

check() {
    make -k check || true
    automake_results >&3
}
