//# ron
fn main() { println!("{}", ron::to_string(&(1, Some("x"), [true])).unwrap()); println!("{:?}", ron::from_str::<Vec<u8>>("[1,2,]")); }
