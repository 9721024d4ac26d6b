//# tar
use std::io::Read;
fn main() {
    let mut b = tar::Builder::new(vec![]); let mut h = tar::Header::new_gnu(); h.set_size(4); h.set_mode(0o644); h.set_cksum(); b.append_data(&mut h, "dir/file", &b"text"[..]).unwrap();
    let z = b.into_inner().unwrap(); for e in tar::Archive::new(&z[..]).entries().unwrap() { let mut e = e.unwrap(); let mut s = String::new(); e.read_to_string(&mut s).unwrap(); println!("{} {} {s}", z.len(), e.path().unwrap().display()); }
}
