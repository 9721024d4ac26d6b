//# httparse
fn main() { let mut h = [httparse::EMPTY_HEADER; 4]; let mut r = httparse::Request::new(&mut h); println!("{:?} {:?}", r.parse(b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n"), r.path); }
