//# quickcheck!
fn main() { quickcheck::quickcheck((|v: Vec<u8>| { let mut w = v.clone(); w.reverse(); w.reverse(); w == v }) as fn(Vec<u8>) -> bool); println!("checked"); }
