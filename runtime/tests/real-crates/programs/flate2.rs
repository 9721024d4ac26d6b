//# flate2
use std::io::{Read, Write};
fn main() {
    let mut e = flate2::write::GzEncoder::new(vec![], flate2::Compression::best()); e.write_all(&b"abcabc".repeat(500)).unwrap();
    let z = e.finish().unwrap(); let mut s = String::new(); flate2::read::GzDecoder::new(&z[..]).read_to_string(&mut s).unwrap(); println!("{} {}", z.len(), s.len());
}
