//# zip!deflate
use std::io::{Read, Write};
fn main() {
    let mut w = zip::ZipWriter::new(std::io::Cursor::new(vec![])); w.start_file("a.txt", zip::write::FileOptions::default()).unwrap(); w.write_all(&[b'a'; 999]).unwrap();
    let mut z = zip::ZipArchive::new(w.finish().unwrap()).unwrap(); let mut s = String::new(); z.by_index(0).unwrap().read_to_string(&mut s).unwrap(); println!("{} {}", z.len(), s.len());
}
