// since: 1.97
// What newer releases have.
use std::sync::LazyLock;

fn main() {
    let ready: LazyLock<i32> = LazyLock::from(5);
    println!("{ready:?} {:?}", LazyLock::get(&ready));
    let text: LazyLock<String, fn() -> String> = String::from("x").into();
    println!("{}", *text);
    drop(text);
    std::assert_matches!(Some(1), Some(_));
    std::debug_assert_matches!(Some(1), Some(x) if x > 0, "a {}", 1);
    std::assert_matches!(Some(1), None, "because {}", 2);
}
