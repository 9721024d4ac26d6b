//# termcolor
use std::io::Write; use termcolor::WriteColor;
fn main() { let mut b = termcolor::Buffer::ansi(); b.set_color(termcolor::ColorSpec::new().set_fg(Some(termcolor::Color::Red))).unwrap(); write!(b, "x").unwrap(); b.reset().unwrap(); println!("{:?}", b.as_slice()); }
