//# thiserror
#[derive(thiserror::Error, Debug)]
enum E { #[error("bad {0}")] Bad(u8), #[error(transparent)] Parse(#[from] std::num::ParseIntError) }
fn main() { println!("{} {:?}", E::Bad(3), "q".parse::<u8>().map_err(E::from).unwrap_err()); }
