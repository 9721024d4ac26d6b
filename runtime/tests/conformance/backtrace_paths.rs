//! Files in a backtrace are below the folder in which they were compiled, which is not the current one.
// flags: -g
// panic: unwind
// run: for folder in / /proc .; do cd $folder; for style in 1 full; do RUST_BACKTRACE=$style $P 2>&1 | grep -o ' at .*core/src/panicking.rs:.*' | sed 1q; done; done
fn main() {
    panic!("{}", std::env::args().count());
}
