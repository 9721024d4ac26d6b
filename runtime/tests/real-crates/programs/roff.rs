//# roff
fn main() { println!("{}", roff::Roff::new().control("TH", ["X", "1"]).text([roff::bold("b")]).render()); }
