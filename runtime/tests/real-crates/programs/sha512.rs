//# sha2
use sha2::{Digest, Sha512};
fn main() {
    let mut hash = Sha512::new();
    for i in 0..1000u32 { hash.update(i.to_le_bytes()); }
    println!("{:x} {:x}", hash.finalize(), Sha512::digest(b"abc"));
}
