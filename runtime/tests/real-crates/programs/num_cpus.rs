//# num_cpus
fn main() { println!("{}", num_cpus::get() > 0); }
