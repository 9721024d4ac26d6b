SOURCE=xz-utils
LIBCS='glibc musl'

build() { ./configure --disable-shared --disable-nls --disable-dependency-tracking  && make -j"$jobs"; }

check() {
    make -k check || true
    automake_results >&3
}
