SOURCE=busybox
LIBCS='glibc musl'

# musl's headers lack what some applets take from the kernel's.
build() {
    make defconfig
    sed -i -e 's/# CONFIG_STATIC is not set/CONFIG_STATIC=y/' -e 's/^CONFIG_TC=y/# CONFIG_TC is not set/' .config
    if [ "$libc" = musl ]; then
        make allnoconfig
        sed -i -e 's/# CONFIG_STATIC is not set/CONFIG_STATIC=y/' .config
        for applet in ASH AWK BASE64 BC BUNZIP2 BZIP2 CAT COMM CPIO CUT DATE DC DD DIFF DU ECHO EXPAND EXPR FACTOR FALSE FIND FOLD GREP GZIP GUNZIP \
            HEAD HEXDUMP HOSTNAME HUSH LS LZOP MD5SUM MKDIR MV OD PASTE PATCH PIDOF PRINTF PWD RM RMDIR SED SEQ SHA1SUM SHA256SUM SHA3SUM SHA512SUM \
            SORT STRINGS SUM TAIL TAR TEE TEST TIME TOUCH TR TRUE TS UNEXPAND UNIQ UNLZMA UNXZ UNZIP UUDECODE UUENCODE WC WGET WHICH XARGS XXD \
            FEATURE_SORT_BIG FEATURE_FANCY_HEAD FEATURE_FANCY_TAIL FEATURE_SEAMLESS_XZ FEATURE_SEAMLESS_GZ FEATURE_SEAMLESS_BZ2 FEATURE_TAR_CREATE \
            LONG_OPTS FEATURE_AWK_LIBM FEATURE_SH_MATH ASH_TEST ASH_PRINTF ASH_ECHO SH_MATH_BASE; do
            sed -i "s/# CONFIG_$applet is not set/CONFIG_$applet=y/" .config
        done
    fi
    (yes '' || true) | make oldconfig
    make -j"$jobs" CC="$CC" SKIP_STRIP=y
}

relink() { make -j"$jobs" CC="$CC" SKIP_STRIP=y; }

check() {
    rm -rf testsuite/runtest-tempdir-links
    (cd testsuite && ./runtest) | tee /dev/stderr | sed -n 's/^\(PASS\|FAIL\|SKIPPED\): \(.*\)/\2 \1/p' >&3
}
