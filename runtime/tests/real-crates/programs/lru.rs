//# lru
fn main() { let mut c = lru::LruCache::new(2); c.put(1, "a"); c.put(2, "b"); c.get(&1); c.put(3, "c"); let gone = c.get(&2).copied(); println!("{gone:?} {:?}", c.get(&1)); }
