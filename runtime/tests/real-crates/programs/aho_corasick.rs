//# aho-corasick
fn main() { let a = aho_corasick::AhoCorasick::new(["he", "she", "hers"]); for m in a.find_overlapping_iter("ushers") { println!("{m:?}"); } }
