//# rustc-hash
fn main() { let mut m = rustc_hash::FxHashMap::default(); for i in 0..20 { m.insert(i, i * i); } println!("{:?}", m.into_iter().collect::<Vec<_>>()); }
