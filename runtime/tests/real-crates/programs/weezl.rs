//# weezl
fn main() { let z = weezl::encode::Encoder::new(weezl::BitOrder::Lsb, 8).encode(&[5; 100]).unwrap(); println!("{z:?}"); }
