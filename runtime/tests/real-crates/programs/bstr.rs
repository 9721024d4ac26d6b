//# bstr
use bstr::ByteSlice;
fn main() { println!("{:?} {:?}", b"a\xffb".as_bstr(), b"x y".words().collect::<Vec<_>>()); }
