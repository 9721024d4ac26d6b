//# tiny-keccak=sha3
use tiny_keccak::Hasher;
fn main() { let mut h = tiny_keccak::Sha3::v256(); h.update(b"abc"); let mut o = [0; 32]; h.finalize(&mut o); println!("{o:02x?}"); }
