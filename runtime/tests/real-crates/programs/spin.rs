//# spin
fn main() { let m = spin::Mutex::new(1); *m.lock() += 1; println!("{:?}", m); }
