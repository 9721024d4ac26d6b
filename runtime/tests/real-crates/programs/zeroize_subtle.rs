//# zeroize subtle
use subtle::ConstantTimeEq; use zeroize::Zeroize;
fn main() { let mut k = [5u8; 4]; println!("{}", bool::from(k.ct_eq(&[5; 4]))); k.zeroize(); println!("{k:?}"); }
