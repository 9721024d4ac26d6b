//# slab
fn main() { let mut s = slab::Slab::new(); let a = s.insert("a"); s.insert("b"); s.remove(a); println!("{} {:?}", s.insert("c"), s); }
