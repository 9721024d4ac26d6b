//# adler
fn main() { println!("{:08x}", adler::adler32_slice(b"Wikipedia")); }
