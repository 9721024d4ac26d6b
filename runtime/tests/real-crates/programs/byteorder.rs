//# byteorder
use byteorder::{BigEndian, LittleEndian, ReadBytesExt, WriteBytesExt};
fn main() { let mut v = vec![]; v.write_u32::<BigEndian>(7).unwrap(); v.write_f64::<LittleEndian>(1.5).unwrap(); println!("{v:?} {}", (&v[..]).read_u16::<BigEndian>().unwrap()); }
