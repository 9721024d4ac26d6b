//# same-file
fn main() { println!("{:?} {:?}", same_file::is_same_file("/", "/.").unwrap(), same_file::is_same_file("/", "/proc").unwrap()); }
