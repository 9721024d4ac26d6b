//# sha1
use sha1::{Digest, Sha1};
fn main() {
    let mut hash = Sha1::new();
    for i in 0..1000u32 { hash.update(i.to_le_bytes()); }
    println!("{:x} {:x}", hash.finalize(), Sha1::digest(b"abc"));
}
