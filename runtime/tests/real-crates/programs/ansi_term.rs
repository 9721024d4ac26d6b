//# ansi_term
fn main() { println!("{}", ansi_term::Colour::Green.bold().paint("ok")); }
