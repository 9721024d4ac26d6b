// Backtraces: when they are captured, and that they name the functions on the stack in order.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::hint::black_box;

struct Holder<T>(T);

impl<T: Copy> Holder<T> {
    #[inline(never)]
    fn call_generic(&self, inner: &dyn Fn(T) -> Backtrace) -> Backtrace {
        black_box(inner(black_box(self.0)))
    }
}

#[inline(never)]
fn leaf_function() -> Backtrace {
    black_box(Backtrace::force_capture())
}

#[inline(never)]
fn middle_function() -> Backtrace {
    black_box(leaf_function())
}

fn main() {
    // The runner sets RUST_BACKTRACE=0.
    println!("{:?} {}", Backtrace::capture().status(), Backtrace::capture());
    println!("{:?} {}", Backtrace::disabled(), Backtrace::disabled().status() == BacktraceStatus::Disabled);

    let captured = Holder(1u8).call_generic(&|_| middle_function());
    println!("{:?}", captured.status());
    let text = captured.to_string();
    let at = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} is missing in\n{text}"));
    println!("{}", at("leaf_function") < at("middle_function"));
    println!("{}", at("middle_function") < at("Holder") && at("Holder") < at("main"));
    println!("{}", text.contains("call_generic"));
    println!("{}", text.contains("force_capture"));
    println!("{}", text.lines().next().is_some_and(|line| line.starts_with("   0: ")));

    let in_thread = std::thread::spawn(leaf_function).join().unwrap();
    println!(
        "{} {}",
        in_thread.to_string().contains("leaf_function"),
        format!("{in_thread:?}").starts_with("Backtrace [{ fn: ")
    );

    // SAFETY: one thread runs.
    unsafe { std::env::set_var("RUST_LIB_BACKTRACE", "1") };
    println!("{:?}", Backtrace::capture().status());
}
