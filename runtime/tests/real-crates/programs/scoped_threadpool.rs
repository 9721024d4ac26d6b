//# scoped_threadpool
fn main() { let mut p = scoped_threadpool::Pool::new(2); let mut v = [1, 2, 3]; p.scoped(|s| for x in &mut v { s.execute(move || *x *= 2); }); println!("{v:?}"); }
