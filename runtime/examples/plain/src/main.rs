//! Counts words: nothing here knows that there is no libc.

use std::collections::BTreeMap;
fn main() {
    let mut counts = BTreeMap::new();
    for w in "the quick brown fox the fox".split_whitespace() {
        *counts.entry(w).or_insert(0) += 1;
    }
    println!("{counts:?}");
}
