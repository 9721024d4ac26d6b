//# md-5
use md5::{Digest, Md5};
fn main() { println!("{:x}", Md5::digest(b"hello world")); }
