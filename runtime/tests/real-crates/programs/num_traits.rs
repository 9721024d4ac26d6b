//# num-traits
use num_traits::{Float, FromPrimitive, PrimInt};
fn f<T: Float>(x: T) -> T { x.sqrt() + x.powi(2) }
fn main() { println!("{} {:?} {} {}", f(2.0f64), u8::from_i32(300), 7u32.pow(3), PrimInt::count_ones(255u8)); }
