//# thread_local
fn main() { let t = thread_local::ThreadLocal::new(); std::thread::scope(|s| for i in 0..3 { let t = &t; s.spawn(move || { t.get_or(|| i); }); }); let mut v: Vec<i32> = t.into_iter().collect(); v.sort(); println!("{}", !v.is_empty()); }
