//# smallvec
fn main() { let mut v: smallvec::SmallVec<[u8; 4]> = smallvec::smallvec![1, 2]; println!("{}", v.spilled()); v.extend(0..9); println!("{v:?} {}", v.spilled()); }
