//# num-rational
fn main() { let a = num_rational::Ratio::new(3i64, 4); println!("{} {}", a + num_rational::Ratio::new(5, 6), a.recip()); }
