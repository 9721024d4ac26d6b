//! What a hook learns about a panic in a named thread.
fn main() {
    std::panic::set_hook(Box::new(|info| {
        println!("{:?}: {:?} {}", std::thread::current().name(), info.payload_as_str(), info);
        println!("{:?}", info.location().map(|l| (l.line(), l.column(), l.file().ends_with("panic_thread.rs"))));
        println!("{:?} {}", info.payload().downcast_ref::<String>(), std::thread::panicking());
        std::process::exit(3);
    }));
    let handle = std::thread::Builder::new().name("worker".into()).spawn(|| panic!("number {}", 5)).unwrap();
    let _ = handle.join();
}
