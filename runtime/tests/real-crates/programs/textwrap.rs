//# textwrap
fn main() { println!("{}", textwrap::fill("the quick brown fox jumps over the lazy dog", 16)); }
