//# getrandom
fn main() { let mut b = [0u8; 32]; getrandom::getrandom(&mut b).unwrap(); println!("{}", b != [0; 32]); }
