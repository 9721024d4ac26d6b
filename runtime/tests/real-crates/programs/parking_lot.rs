//# parking_lot
fn main() { let m = std::sync::Arc::new(parking_lot::Mutex::new(0)); let t: Vec<_> = (0..4).map(|_| { let m = m.clone(); std::thread::spawn(move || for _ in 0..1000 { *m.lock() += 1 }) }).collect(); for t in t { t.join().unwrap(); } println!("{}", m.lock()); }
