//! What fails: a stack that nobody has, a name with a NUL.
use std::thread::Builder;

fn main() {
    println!("{:?}", Builder::new().stack_size(usize::MAX / 4).spawn(|| ()).map(|_| ()).map_err(|e| e.kind()));
    for size in [1 << 40, 1 << 46, 1 << 60, usize::MAX - 4096, usize::MAX] {
        println!("{:?}", Builder::new().stack_size(size).spawn(|| ()).map(|_| ()));
    }
    println!("{:?}", Builder::new().stack_size(1 << 60).spawn(|| ()).is_err());
    std::panic::set_hook(Box::new(|info| {
        println!("{}", info.payload().downcast_ref::<&str>().unwrap_or(&"other"));
        std::process::exit(3);
    }));
    let _ = Builder::new().name("a\0b".into()).spawn(|| ());
}
