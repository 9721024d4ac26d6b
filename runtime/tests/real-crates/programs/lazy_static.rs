//# lazy_static
lazy_static::lazy_static! { static ref M: std::collections::HashMap<u8, u8> = (0..3).map(|i| (i, i + 1)).collect(); }
fn main() { println!("{} {:?}", M.len(), M.get(&2)); }
