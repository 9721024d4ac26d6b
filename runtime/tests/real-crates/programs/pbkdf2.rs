//# pbkdf2 hmac sha2
fn main() {
    let mut out = [0u8; 32]; pbkdf2::pbkdf2::<hmac::Hmac<sha2::Sha256>>(b"password", b"salt", 100, &mut out);
    println!("{out:02x?}");
}
