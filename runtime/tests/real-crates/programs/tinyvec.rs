//# tinyvec=alloc
fn main() { let mut v: tinyvec::TinyVec<[u16; 2]> = tinyvec::tiny_vec!(); for i in 0..5 { v.push(i); } println!("{v:?} {}", v.is_heap()); }
