//# tempfile
use std::io::{Read, Seek, SeekFrom, Write};
fn main() {
    let mut f = tempfile::NamedTempFile::new().unwrap(); write!(f, "text").unwrap();
    f.seek(SeekFrom::Start(0)).unwrap(); let mut s = String::new(); f.read_to_string(&mut s).unwrap(); println!("{s}");
}
