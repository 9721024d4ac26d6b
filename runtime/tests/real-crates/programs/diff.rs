//# diff
fn main() { println!("{:?}", diff::lines("a\nb", "a\nc")); }
