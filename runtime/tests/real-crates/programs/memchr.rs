//# memchr
fn main() { println!("{:?} {:?} {:?}", memchr::memchr(b'x', b"aaaxaaa"), memchr::memmem::find_iter(b"ababab", "ab").collect::<Vec<_>>(), memchr::memrchr2(b'a', b'b', b"cab")); }
