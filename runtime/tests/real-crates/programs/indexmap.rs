//# indexmap
fn main() { let mut m: indexmap::IndexMap<_, _> = [("z", 1), ("a", 2)].into_iter().collect(); m.insert("m", 3); println!("{m:?} {:?}", m.get_index(1)); m.sort_keys(); println!("{m:?}"); }
