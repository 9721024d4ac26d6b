//# bitflags
bitflags::bitflags! { struct F: u8 { const A = 1; const B = 2; } }
fn main() { println!("{:?} {:?} {:?}", F::A | F::B, F::from_bits(4), !F::A); }
