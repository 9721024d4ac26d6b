//# dashmap
fn main() { let m = dashmap::DashMap::new(); for i in 0..50 { m.insert(i, i); } println!("{} {:?}", m.len(), m.get(&4).map(|v| *v)); }
