// edition: 2018
//! A value that is no message in a panic of 2018.
async fn f() -> i32 {
    5
}
fn main() {
    let _future = f();
    let message = String::from("a string as it is {}");
    panic!(message);
}
