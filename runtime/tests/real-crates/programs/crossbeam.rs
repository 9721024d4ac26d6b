//# crossbeam
fn main() {
    let (s, r) = crossbeam::channel::bounded(3);
    crossbeam::scope(|t| { for i in 0..4u64 { let s = s.clone(); t.spawn(move |_| for j in 0..100 { s.send(i * j).unwrap(); }); } drop(s); println!("{}", r.iter().sum::<u64>()); }).unwrap();
}
