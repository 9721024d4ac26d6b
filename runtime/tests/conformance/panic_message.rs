//! A panic with arguments: message on stderr, what was printed before on stdout.
fn main() {
    print!("before");
    let list = [1, 2, 3];
    let index = std::env::args().count() + 5;
    panic!("no element {index} in {list:?}");
}
