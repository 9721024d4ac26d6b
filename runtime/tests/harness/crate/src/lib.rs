//! Adds.
//! ```
//! assert_eq!(demo::add(2, 2), 4);
//! ```

/// Adds.
/// ```
/// assert_eq!(demo::add(1, 2), 3);
/// ```
/// ```should_panic
/// panic!("{}", demo::add(1, 2));
/// ```
pub fn add(a: u32, b: u32) -> u32 {
    a + b
}
#[cfg(test)]
mod tests {
    use super::add;
    #[test]
    fn passes() {
        println!("seen with show-output");
        assert_eq!(add(1, 1), 2);
    }
    #[test]
    fn fails() {
        println!("before");
        eprintln!("on stderr");
        assert_eq!(add(1, 1), 3, "sum");
    }
    #[test]
    #[ignore]
    fn ignored() {
        panic!("ran")
    }
    #[test]
    #[ignore = "too slow"]
    fn ignored_reason() {}
    #[test]
    #[should_panic]
    fn panics() {
        panic!("as it should")
    }
    #[test]
    #[should_panic(expected = "right")]
    fn panics_right() {
        panic!("the right {}", "text")
    }
    #[test]
    #[should_panic(expected = "right")]
    fn panics_wrong() {
        panic!("other text")
    }
    #[test]
    #[should_panic(expected = "right")]
    fn panics_any() {
        std::panic::panic_any(5)
    }
    #[test]
    #[should_panic]
    fn panics_not() {}
    #[test]
    fn result_ok() -> Result<(), String> {
        Ok(())
    }
    #[test]
    fn result_err() -> Result<(), String> {
        Err("returned".into())
    }
    #[test]
    fn thread_output() {
        std::thread::spawn(|| println!("from a thread")).join().unwrap();
        panic!("end")
    }
    #[test]
    fn named() {
        assert_eq!(std::thread::current().name(), Some("tests::named"));
    }
}
