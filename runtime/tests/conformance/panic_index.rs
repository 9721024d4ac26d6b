//! A panic that the compiler puts in.
fn main() {
    let list = vec![1, 2, 3];
    println!("{}", list[std::env::args().count() + 7]);
}
