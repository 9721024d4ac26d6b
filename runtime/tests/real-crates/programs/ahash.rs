//# ahash
fn main() { let mut m = ahash::AHashMap::new(); for i in 0..20 { m.insert(i, i * i); } let mut v: Vec<_> = m.iter().collect(); v.sort(); println!("{v:?}"); }
