//# rand
use rand::{Rng, SeedableRng, seq::SliceRandom};
fn main() {
    let mut r = rand::rngs::StdRng::seed_from_u64(3);
    let mut v: Vec<u32> = (0..10).collect(); v.shuffle(&mut r);
    println!("{v:?} {} {:.6}", r.gen_range(0..100), r.gen::<f64>());
}
