//! Small things: `ascii`, `error`, `any`, `os::fd`, `backtrace`, `panic` types, sizes.
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd};

#[derive(Debug)]
struct Outer(std::num::ParseIntError);
impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "outer")
    }
}
impl Error for Outer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

fn main() -> std::io::Result<()> {
    let error: Box<dyn Error + Send + Sync> = Box::new(Outer("x".parse::<i32>().unwrap_err()));
    println!("{error} {:?} {}", error.source().map(|s| s.to_string()), error.is::<Outer>());
    let text: Box<dyn Error> = "plain".into();
    println!("{text} {text:?} {:?}", Box::<dyn Error>::from(String::from("owned")).to_string());
    println!("{:?}", std::ascii::escape_default(b'\n').map(char::from).collect::<String>());

    println!("{} {}", size_of::<Option<OwnedFd>>(), size_of::<Option<BorrowedFd<'_>>>());
    let file = File::open("/dev/null")?;
    let raw = file.as_raw_fd();
    println!("{} {:?}", raw >= 3, file.as_fd().as_raw_fd() == raw);
    let owned: OwnedFd = file.into();
    println!("{} {:?}", owned.as_raw_fd() == raw, owned.try_clone()?.as_raw_fd() > raw);
    let borrowed = owned.as_fd();
    println!("{}", borrowed.try_clone_to_owned()?.as_raw_fd() > raw);
    let file = unsafe { File::from_raw_fd(owned.into_raw_fd()) };
    println!("{}", file.into_raw_fd() == raw);
    println!("{} {} {}", std::io::stdin().as_raw_fd(), std::io::stdout().as_fd().as_raw_fd(), std::io::stderr().as_raw_fd());

    println!("{:?} {}", std::backtrace::Backtrace::disabled(), std::backtrace::Backtrace::disabled());
    println!("{:?}", std::backtrace::Backtrace::disabled().status());
    println!("{:?}", std::backtrace::Backtrace::capture().status());
    println!("{:?}", std::panic::catch_unwind(|| "fine").unwrap());
    println!("{:?}", *std::panic::AssertUnwindSafe(3));
    println!("{}", std::panic::Location::caller());
    println!("{:?}", std::os::raw::c_long::MAX);
    println!("{:?} {:?}", std::ffi::CString::new("c").unwrap(), c"lit".to_str());
    Ok(())
}
