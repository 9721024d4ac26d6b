//# similar
fn main() { print!("{}", similar::TextDiff::from_lines("a\nb\nc\n", "a\nx\nc\n").unified_diff()); }
