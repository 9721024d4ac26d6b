//! A panic without a message.
fn main() {
    std::panic::panic_any(5u8);
}
