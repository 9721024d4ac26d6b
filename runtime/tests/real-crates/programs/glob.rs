//# glob
fn main() { let p = glob::Pattern::new("a*[0-9].r?").unwrap(); println!("{} {} {}", p.matches("abc1.rs"), p.matches("abc.rs"), glob::glob("/proc/self/stat*").unwrap().count() > 1); }
