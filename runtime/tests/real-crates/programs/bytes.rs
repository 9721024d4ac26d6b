//# bytes
use bytes::{Buf, BufMut};
fn main() { let mut b = bytes::BytesMut::new(); b.put_u32(7); b.put_slice(b"xyz"); let mut f = b.freeze(); println!("{} {:?}", f.get_u32(), f.slice(1..)); }
