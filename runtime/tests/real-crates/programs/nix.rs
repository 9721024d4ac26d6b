//# nix
fn main() { println!("{}", nix::unistd::getpid().as_raw() as u32 == std::process::id()); }
