//# either
fn main() { let e: either::Either<u8, &str> = either::Right("x"); println!("{e:?} {:?}", e.left()); }
