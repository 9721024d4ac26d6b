SOURCE=bash
LIBCS='glibc'

build() { ./configure --disable-nls --without-bash-malloc --enable-static-link && make -j"$jobs"; }
relink() { make -j"$jobs"; }

# Each script of the suite compares with an expected output by itself and says nothing when it is right.
check() {
    make -j"$jobs" recho zecho printenv xcase || true
    cd tests
    BUILD_DIR=$(cd .. && pwd) THIS_SH=$(cd .. && pwd)/bash TMPDIR=$tree/tmp
    PATH=$(pwd):$BUILD_DIR:$PATH
    mkdir -p "$TMPDIR"
    export BUILD_DIR THIS_SH PATH TMPDIR
    for script in run-*; do
        case $script in
        run-all | run-minimal | run-gprof | run-jobs | run-read | run-coproc | run-trap | run-*.orig | run-*~) continue ;;
        esac
        if BASH_TSTOUT=$TMPDIR/out timeout 120 sh "$script" >"$TMPDIR/$script.log" 2>&1 && ! grep -q '^[<>]' "$TMPDIR/$script.log"; then
            printf '%s PASS\n' "$script" >&3
        else
            printf '%s FAIL\n' "$script" >&3
        fi
    done
}
