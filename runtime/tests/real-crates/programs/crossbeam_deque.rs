//# crossbeam-deque
fn main() { let w = crossbeam_deque::Worker::new_lifo(); let s = w.stealer(); w.push(1); w.push(2); println!("{:?} {:?} {:?}", s.steal(), w.pop(), w.pop()); }
