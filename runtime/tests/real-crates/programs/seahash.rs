//# seahash
fn main() { println!("{:x}", seahash::hash(b"to be or not to be")); }
