//! Arguments, variables, directories, path lists.
use std::env::{self, VarError};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

fn main() {
    println!("{:?} {}", env::args().skip(1).collect::<Vec<_>>(), env::args().len());
    println!("{:?}", env::args_os().rev().next());
    println!("{:?} {:?}", env::args().size_hint(), env::args_os().skip(1).map(|a| a.len()).collect::<Vec<_>>());
    println!("{:?} {:?}", env::var("CONFORMANCE_NONE"), env::var_os("CONFORMANCE_NONE"));
    println!("{}", VarError::NotPresent);
    unsafe {
        env::set_var("CONFORMANCE_A", "1=2");
        env::set_var("CONFORMANCE_B", OsStr::from_bytes(b"\xff"));
        env::set_var("CONFORMANCE_A", "3");
        env::set_var("CONFORMANCE_EMPTY", "");
    }
    println!("{:?} {:?} {:?}", env::var("CONFORMANCE_A"), env::var("CONFORMANCE_B"), env::var("CONFORMANCE_EMPTY"));
    println!("{}", env::var("CONFORMANCE_B").unwrap_err());
    let mine = || env::vars_os().filter(|(k, _)| k.to_string_lossy().starts_with("CONFORMANCE_")).collect::<Vec<_>>();
    println!("{:?}", mine());
    unsafe { env::remove_var("CONFORMANCE_A") };
    println!("{:?} {:?}", mine().len(), env::var("CONFORMANCE_A"));
    println!("{:?} {:?} {:?}", env::var_os(""), env::var_os("A=B"), env::var_os("a\0b"));
    println!("{}", env::vars_os().count() == env::vars_os().size_hint().0);

    println!("{:?}", env::split_paths(":/a:b::c:").collect::<Vec<_>>());
    println!("{:?}", env::split_paths("").collect::<Vec<_>>());
    println!("{:?} {:?}", env::join_paths(["/a", "b", ""]), env::join_paths(Vec::<PathBuf>::new()));
    println!("{}", env::join_paths(["a:b"]).unwrap_err());
    println!("{:?}", env::current_dir().unwrap() == std::fs::canonicalize(".").unwrap());
    println!("{:?} {:?}", env::set_current_dir("/tmp"), env::current_dir());
    println!("{:?} {:?}", env::set_current_dir("/nope"), env::set_current_dir("/etc/passwd"));
    println!("{:?}", env::current_exe().map(|p| p.file_name().is_some()));
    unsafe {
        env::set_var("HOME", "/some/home");
        env::set_var("TMPDIR", "/some/tmp");
    }
    #[allow(deprecated)]
    {
        println!("{:?} {:?}", env::home_dir(), env::temp_dir());
        unsafe {
            env::remove_var("HOME");
            env::remove_var("TMPDIR");
        }
        println!("{:?} {:?}", env::home_dir(), env::temp_dir());
    }
    use std::env::consts::*;
    println!("{ARCH} {FAMILY} {OS} {DLL_PREFIX} {DLL_SUFFIX} {DLL_EXTENSION} {EXE_SUFFIX} {EXE_EXTENSION}");
    println!("{:?}", OsString::from("x"));
    unsafe { env::set_var("", "x") };
}
