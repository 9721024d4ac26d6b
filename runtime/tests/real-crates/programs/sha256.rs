//# sha2
use sha2::{Digest, Sha256};
fn main() {
    let mut hash = Sha256::new();
    for i in 0..1000u32 { hash.update(i.to_le_bytes()); }
    println!("{:x} {:x}", hash.finalize(), Sha256::digest(b"abc"));
}
