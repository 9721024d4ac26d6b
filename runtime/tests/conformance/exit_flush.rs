//! `process::exit` flushes stdout and runs nothing else of the caller's frame.
struct Loud;
impl Drop for Loud {
    fn drop(&mut self) {
        println!("dropped");
    }
}
fn main() {
    let _loud = Loud;
    print!("partial");
    std::process::exit(300 + 7);
}
