//# base64ct=alloc
use base64ct::Encoding;
fn main() { println!("{}", base64ct::Base64::encode_string(b"constant time")); }
