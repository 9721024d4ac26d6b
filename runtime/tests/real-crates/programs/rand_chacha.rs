//# rand_chacha rand_core
use rand_core::{RngCore, SeedableRng};
fn main() {
    let mut r = rand_chacha::ChaCha20Rng::seed_from_u64(7);
    println!("{:?}", (0..4).map(|_| r.next_u64()).collect::<Vec<_>>());
}
