//# num-bigint num-traits
use num_traits::{One, Pow};
fn main() { let mut f = num_bigint::BigUint::one(); for i in 1u32..=60 { f *= i; } println!("{f} {:x} {}", &f, num_bigint::BigInt::from(-7).pow(77u32)); }
