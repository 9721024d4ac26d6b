//# scopeguard
fn main() { scopeguard::defer! { println!("last"); } println!("first"); }
