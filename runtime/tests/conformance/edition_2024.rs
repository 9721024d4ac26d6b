// edition: 2024
//! What the edition of 2024 changes.
use std::future::Future;
fn ready() -> impl Future<Output = i32> {
    async { 6 }
}
fn main() {
    let boxed: Box<[i32]> = vec![1, 2, 3].into();
    let sum: i32 = boxed.into_iter().map(|x: i32| x).sum();
    let mut future = std::pin::pin!(ready());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    println!("{sum} {:?}", future.as_mut().poll(&mut context));
    unsafe { std::env::set_var("X", "1") };
    println!("{:?}", std::env::var("X"));
    panic!("{sum} {}", "braces {}");
}
