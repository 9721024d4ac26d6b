//# crossbeam-queue
fn main() { let q = crossbeam_queue::ArrayQueue::new(2); println!("{:?} {:?} {:?} {:?}", q.push(1), q.push(2), q.push(3), q.pop()); }
