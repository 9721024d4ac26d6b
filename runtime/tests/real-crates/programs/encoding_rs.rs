//# encoding_rs
fn main() { println!("{} {:?}", encoding_rs::SHIFT_JIS.decode(b"\x83n\x83\x8d\x81[").0, encoding_rs::WINDOWS_1252.encode("\u{20ac}").0); }
