//# shlex
fn main() { println!("{:?} {}", shlex::split("a 'b c' \"d\\\"e\""), shlex::quote("x y")); }
