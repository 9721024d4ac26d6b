//# object
use object::Object;
fn main() { let b = std::fs::read("/proc/self/exe").unwrap(); let f = object::File::parse(&*b).unwrap(); println!("{:?} {}", f.architecture(), f.sections().count() > 3); }
