//! The macros, and what the prelude of 2021 brings.
fn main() {
    let v = vec![1, 2, 3];
    let w = vec![0u8; 4];
    println!("{v:?} {w:?} {}", format!("{:05.1}", 2.25));
    let x = dbg!(v.len() * 2) + 1;
    let (a, b) = dbg!(x, "two");
    dbg!();
    dbg!(vec![Some(1), None]);
    assert!(a == 7, "message {a}");
    assert_eq!(b, "two");
    assert_ne!(a, 8);
    debug_assert!(true);
    println!("{} {} {} {}", matches!(Some(3), Some(1..=5)), stringify!(a + b), concat!("a", 1, 'c', true), line!());
    println!("{:?} {:?} {}", option_env!("CONFORMANCE_SURELY_UNSET"), cfg!(unix), module_path!());
    let text: String = std::fmt::format(format_args!("{}{}", 1, 2));
    let n: u8 = u8::try_from(300i32).unwrap_or(9);
    let i: i32 = 5i64.try_into().unwrap();
    println!("{text} {n} {i} {:?}", <Vec<i32>>::from_iter([1, 2]));
    eprintln!("{:?}", std::any::type_name::<std::io::Result<()>>().len() > 0);
    print!("{}", "");
    println!();
    eprintln!();
    println!("{}", is_x86_feature_detected!("sse2"));
    println!("{}", std::is_x86_feature_detected!("avx2") == std::arch::is_x86_feature_detected!("avx2"));
    write_all();
    let _: Box<dyn Fn()> = Box::new(|| todo!());
    if a == 0 {
        unreachable!("never {a}");
    }
    unimplemented!("at the {}", "end");
}
fn write_all() {
    use std::fmt::Write;
    let mut s = String::new();
    writeln!(s, "{}", 1).unwrap();
    write!(s, "{:?}", "q").unwrap();
    println!("{s}");
}
