//! `set_hook` and `take_hook` in turn.
use std::panic;
fn main() {
    panic::set_hook(Box::new(|_| println!("first")));
    let first = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        println!("second, then");
        first(info);
        std::process::exit(9);
    }));
    println!("{:?}", panic::catch_unwind(|| 5).ok());
    println!("{}", std::thread::panicking());
    Option::<i32>::None.expect("nothing there");
}
