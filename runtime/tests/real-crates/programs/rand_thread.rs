//# rand
fn main() { let n: u64 = rand::random(); println!("{}", n != 0 || n == 0); }
