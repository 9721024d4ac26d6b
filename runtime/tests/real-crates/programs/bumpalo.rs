//# bumpalo=collections
fn main() { let b = bumpalo::Bump::new(); let mut v = bumpalo::collections::Vec::new_in(&b); for i in 0..100 { v.push(i); } println!("{} {}", v.iter().sum::<i32>(), b.alloc_str("x")); }
