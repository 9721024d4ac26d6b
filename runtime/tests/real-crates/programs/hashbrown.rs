//# hashbrown
fn main() {
    let mut m = hashbrown::HashMap::new();
    for i in 0..1000u32 { *m.entry(i % 37).or_insert(0u64) += u64::from(i); }
    let mut all: Vec<_> = m.into_iter().collect(); all.sort();
    println!("{:?}", &all[..5]);
}
