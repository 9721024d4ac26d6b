//# clap=derive
use clap::Parser;
/// Greets.
#[derive(Parser, Debug)]
struct Options { #[arg(short, long, default_value_t = 1)] count: u8, names: Vec<String> }
fn main() {
    println!("{:?}", Options::parse_from(["greet", "-c", "3", "a", "b"]));
    println!("{}", Options::try_parse_from(["greet", "--nope"]).unwrap_err());
    println!("{}", Options::try_parse_from(["greet", "--help"]).unwrap_err());
}
