//# dirs
fn main() { println!("{:?}", dirs::home_dir().is_some()); }
