// edition: 2015
//! What only the edition of 2015 allows.
use std::error::Error;
fn parse(text: &str) -> Result<i32, Box<Error>> {
    let n = try!(text.parse::<i32>());
    Ok(n)
}
trait Anonymous {
    fn f(&self, u8) -> u8;
}
impl Anonymous for () {
    fn f(&self, x: u8) -> u8 {
        x + 1
    }
}
fn main() {
    println!("{:?} {:?} {}", parse("5"), parse("x").map_err(|e| e.to_string()), ().f(1));
    let async = 3;
    println!("{}", async);
    let boxed: Box<Fn(i32) -> i32> = Box::new(|x| x + 1);
    println!("{}", boxed(2));
    if async == 3 {
        panic!("{}");
    }
    panic!(5);
}
