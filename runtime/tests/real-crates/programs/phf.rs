//# phf phf_shared
fn main() { println!("{}", phf::Map::<u8, u8>::new().len()); }
