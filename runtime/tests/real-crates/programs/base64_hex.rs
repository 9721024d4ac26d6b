//# base64 hex
fn main() { let b = base64::encode(b"any carnal pleas"); println!("{b} {:?} {} {:?}", base64::decode("!").is_err(), hex::encode([1, 255]), hex::decode("0g")); }
