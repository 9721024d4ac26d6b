//# fixedbitset
fn main() { let mut b = fixedbitset::FixedBitSet::with_capacity(70); b.insert(3); b.insert(69); println!("{:?} {}", b.ones().collect::<Vec<_>>(), b.count_ones(..)); }
