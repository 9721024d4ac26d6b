//# heck
use heck::*;
fn main() { println!("{} {} {}", "XMLHttpRequest id".to_snake_case(), "a_b".to_upper_camel_case(), "aB".to_kebab_case()); }
