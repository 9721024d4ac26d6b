//# aes
use aes::cipher::{BlockCipher, NewBlockCipher, generic_array::GenericArray};
fn main() {
    let c = aes::Aes128::new(GenericArray::from_slice(&[1; 16])); let mut b = GenericArray::clone_from_slice(&[2; 16]);
    c.encrypt_block(&mut b); println!("{b:02x?}"); c.decrypt_block(&mut b); println!("{b:02x?}");
}
