//# siphasher
use std::hash::Hasher;
fn main() { let mut h = siphasher::sip::SipHasher24::new_with_keys(1, 2); h.write(b"text"); println!("{:x}", h.finish()); }
