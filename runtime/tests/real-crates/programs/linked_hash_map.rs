//# linked-hash-map
fn main() { let mut m = linked_hash_map::LinkedHashMap::new(); m.insert(2, 'a'); m.insert(1, 'b'); m.get_refresh(&2); println!("{m:?}"); }
