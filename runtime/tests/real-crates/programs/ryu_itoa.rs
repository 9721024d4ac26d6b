//# ryu itoa
fn main() { println!("{} {} {}", ryu::Buffer::new().format(0.1f64 + 0.2), ryu::Buffer::new().format(1e-7f32), itoa::Buffer::new().format(i128::MIN)); }
