SOURCE=googletest
LIBCS='glibc'

build() {
    cmake -S . -B build -DCMAKE_BUILD_TYPE=Release -Dgtest_build_tests=ON -Dgmock_build_tests=ON -DCMAKE_CXX_COMPILER=g++ \
        -DCMAKE_EXE_LINKER_FLAGS="-B$work/tools -static -no-pie" -DCMAKE_CXX_FLAGS=-O1
    make -C build -j"$jobs"
}

relink() { make -C build -j"$jobs"; }

check() { (cd build && ctest -j"$jobs" --timeout 120) | sed -n 's/^ *[0-9]*\/[0-9]* Test *#[0-9]*: \([^ ]*\) \.* *\(Passed\|\**[A-Z][a-zA-Z]*\).*/\1 \2/p' | sed 's/ Passed$/ PASS/' >&3; }
