fn main() {
    println!("{}", demo::add(1, 2));
}
#[test]
fn in_main() {}
