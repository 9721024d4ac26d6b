//# rayon
use rayon::prelude::*;
fn main() { let mut v: Vec<u64> = (0..100_000).rev().collect(); v.par_sort(); println!("{} {}", v[5], v.par_iter().map(|x| x * x % 7).sum::<u64>()); }
