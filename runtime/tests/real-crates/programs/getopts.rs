//# getopts
fn main() { let mut o = getopts::Options::new(); o.optflag("v", "verbose", "talk").optopt("o", "out", "file", "F"); let m = o.parse(["-v", "--out=x", "free"]).unwrap(); println!("{:?} {:?} {}", m.opt_str("o"), m.free, o.usage("Usage")); }
