//# arrayvec
fn main() { let mut v = arrayvec::ArrayVec::<u8, 2>::new(); println!("{:?} {:?} {:?}", v.try_push(1), v.try_push(2), v.try_push(3)); let s = arrayvec::ArrayString::<8>::from("hi").unwrap(); println!("{s}"); }
