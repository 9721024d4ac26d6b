//# hmac sha2
use hmac::{Hmac, Mac};
fn main() {
    let mut m = Hmac::<sha2::Sha256>::new_from_slice(b"key").unwrap(); m.update(b"message");
    println!("{:02x?}", m.finalize().into_bytes());
}
