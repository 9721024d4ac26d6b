//# rand_xorshift rand_core
use rand_core::{RngCore, SeedableRng};
fn main() {
    let mut r = rand_xorshift::XorShiftRng::from_seed([9; 16]);
    println!("{:?}", (0..4).map(|_| r.next_u32()).collect::<Vec<_>>());
}
