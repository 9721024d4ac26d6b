SOURCE=busybox
LIBCS='glibc'

build() {
    make defconfig
    sed -i -e 's/# CONFIG_STATIC is not set/CONFIG_STATIC=y/' -e 's/^CONFIG_TC=y/# CONFIG_TC is not set/' .config
    (yes '' || true) | make oldconfig
    relink
}

relink() { make -j"$jobs" CC="$CC" SKIP_STRIP=y; }

check() {
    (cd testsuite && ./runtest) | tee /dev/stderr | sed -n 's/^\(PASS\|FAIL\|SKIPPED\): \(.*\)/\2 \1/p' >&3
}
