SOURCE=tcl8.6
LIBCS='glibc'

build() { cd unix && ./configure --disable-shared --disable-load && make -j"$jobs" binaries libraries tcltest; }
relink() { make -C unix -j"$jobs" binaries libraries tcltest; }

# One file is one result: the figures of its last line. Left out: what needs a network or measures time, and interp-36.7, which fails now
# and then with every linker when the machine is busy.
check() {
    cd unix
    export TCL_LIBRARY=$tree/library HOME=$tree
    for file in ../tests/*.test; do
        name=$(basename "$file" .test)
        case $name in all | clock | http* | socket | httpold | httpPipeline | exec | chanio | io | event | timer | thread | remote | tcltest) continue ;; esac
        figures=$(timeout 300 ./tcltest "$file" -skip interp-36.7 2>&1 | tee -a check.all | sed -n 's/^[a-zA-Z0-9.-]*:\{0,1\}[[:space:]]*Total[[:space:]]*/Total /p' | tail -n 1 | tr '\t' ' ')
        case $figures in
        *'Failed 0') printf '%s %s PASS\n' "$name" "$figures" >&3 ;;
        *) printf '%s %s FAIL\n' "$name" "$figures" >&3 ;;
        esac
    done
}
