//# nom
use nom::{IResult, bytes::complete::tag, character::complete::digit1, combinator::map_res, multi::separated_list1};
fn p(i: &str) -> IResult<&str, Vec<u32>> { separated_list1(tag(","), map_res(digit1, str::parse))(i) }
fn main() { println!("{:?} {:?}", p("1,22,x"), p("x")); }
