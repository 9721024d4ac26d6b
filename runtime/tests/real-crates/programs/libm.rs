//# libm
fn main() { println!("{} {} {}", libm::sin(1.0), libm::tgamma(5.5), libm::cbrtf(3.0)); }
