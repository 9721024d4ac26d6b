//! Every usual kind of panic, its message and how the process ends.
use std::*;
struct D(&'static str);
impl Drop for D {
    fn drop(&mut self) {
        eprintln!("drop {}", self.0);
    }
}
// run: for b in 0 1 full x ''; do RUST_BACKTRACE=$b $P 2>&1 | sed -n '1,2p;/^note/p'; echo; done; RUST_LIB_BACKTRACE=1 $P 2>&1 | head -3
pub fn backtrace_settings() {
    panic!("plain")
}
pub fn long_message() {
    panic!("{}", "long ".repeat(10_000))
}
pub fn many_lines() {
    panic!("a\nb\r\n\tc\0d\u{1b}[0m")
}
pub fn empty() {
    panic!("")
}
pub fn any_number() {
    panic::panic_any(5)
}
pub fn any_string() {
    panic::panic_any(String::from("owned"))
}
pub fn of_unwrap() {
    let r: Result<(), fmt::Error> = Err(fmt::Error);
    r.unwrap()
}
pub fn of_expect() {
    let r: Result<(), D2> = Err(D2);
    r.expect("wanted")
}
#[derive(Debug)]
struct D2;
pub fn of_none() {
    None::<i32>.expect("nothing there");
}
pub fn of_arithmetic() {
    let v: Vec<i32> = vec![];
    println!("{}", v[hint::black_box(3)]);
}
pub fn of_division() {
    println!("{}", 1 / hint::black_box(0));
}
pub fn of_assert() {
    assert_eq!(1 + 1, hint::black_box(3), "sum of {}", "two");
}
pub fn of_assert_ne() {
    assert_ne!(1, 1)
}
pub fn of_matches() {
    assert!(matches!(Some(1), None))
}
pub fn of_unreachable() {
    unreachable!("x {}", 1)
}
pub fn of_todo() {
    todo!()
}
pub fn of_unimplemented() {
    unimplemented!("later")
}
pub fn of_slices() {
    let s = "aé";
    println!("{}", &s[..hint::black_box(2)]);
}
pub fn of_copy() {
    [0; 3].copy_from_slice(&vec![1; hint::black_box(2)]);
}
pub fn of_borrow() {
    let c = cell::RefCell::new(1);
    let _a = c.borrow_mut();
    let _b = c.borrow();
}
pub fn of_capacity() {
    let _v: Vec<u64> = Vec::with_capacity(hint::black_box(usize::MAX));
}
pub fn of_char() {
    println!("{:?}", char::from_digit(1, hint::black_box(40)));
}
pub fn of_layout() {
    alloc::handle_alloc_error(alloc::Layout::new::<[u8; 77]>())
}
pub fn of_memory() {
    let n = hint::black_box(isize::MAX as usize - 100);
    let v: Vec<u8> = Vec::with_capacity(n);
    println!("{}", v.capacity());
}
pub fn of_local() {
    thread_local!(static X: cell::Cell<i32> = panic!("never"));
    X.get();
}
pub fn of_duration() {
    println!("{:?}", time::Duration::from_secs_f64(hint::black_box(-1.0)));
}
pub fn of_refcell_mut() {
    let c = cell::RefCell::new(1);
    let _b = c.borrow();
    *c.borrow_mut() = 2;
}
pub fn with_own_hook() {
    let old = panic::take_hook();
    panic::set_hook(Box::new(move |i| {
        eprintln!("own: {i}");
        eprintln!("{:?} {:?}", i.location().map(|l| (l.line() > 0, l.column() > 0)), i.payload().is::<&str>());
        old(i)
    }));
    panic!("hooked")
}
pub fn with_a_payload() {
    panic::set_hook(Box::new(|i| eprintln!("{i} {:?} {:?}", i.payload_as_str(), thread::panicking())));
    panic::panic_any(3u8)
}
pub fn hook_panics() {
    panic::set_hook(Box::new(|_| panic!("in the hook")));
    panic!("first")
}
pub fn hook_exits() {
    panic::set_hook(Box::new(|_| process::exit(9)));
    panic!("first")
}
pub fn debug_panics() {
    struct P;
    impl fmt::Display for P {
        fn fmt(&self, _: &mut fmt::Formatter) -> fmt::Result {
            panic!("while showing")
        }
    }
    panic!("{}", P)
}
pub fn resumes() {
    panic::resume_unwind(Box::new("silent"))
}
pub fn main_returns_error() -> Result<(), Box<dyn error::Error>> {
    let _d = D("local");
    Err("text")?
}
pub fn aborts() {
    eprint!("partial");
    print!("lost?");
    process::abort()
}
// run: $P >&-; echo $?; $P 2>&-; echo $?; $P <&-; echo $?
pub fn exits() {
    print!("no newline");
    eprintln!("e");
    process::exit(300)
}
