//! What a program with more rights than its caller sees of the environment, and hands on. Tried by root only.
use std::{env, process::Command};

// run: if [ $(id -u) = 0 ]; then
// run: cp $PROGRAM s; chmod 4755 s
// run: run() { env -i A=1 TMPDIR=/x LD_LIBRARY_PATH=z GCONV_PATH=q RES_OPTIONS=r LOCALDOMAIN=l HOSTALIASES=h NLSPATH=n TZDIR=t LANG=C PATH=$PATH "$@"; }
// run: run setpriv --reuid 65534 --clear-groups ./s inherited; run setpriv --reuid 65534 --clear-groups ./s set_again
// run: run ./s inherited; rm s; fi
pub fn inherited() {
    let mut seen: Vec<_> = env::vars_os().filter(|(key, _)| key != "PATH").collect();
    seen.sort();
    println!("{seen:?} {:?}", env::temp_dir());
    println!("{:?} {:?} {:?}", env::var("TMPDIR"), env::var_os("LD_LIBRARY_PATH"), env::var("A"));
    let child = Command::new("env").output().unwrap().stdout;
    let mut lines: Vec<_> = child.split(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"PATH")).collect();
    lines.sort();
    println!("{:?}", lines.iter().map(|line| String::from_utf8_lossy(line)).collect::<Vec<_>>());
}

// run: true
pub fn set_again() {
    // SAFETY: this program has one thread.
    unsafe { env::set_var("TMPDIR", "/own") };
    println!("{:?} {:?}", env::temp_dir(), Command::new("sh").args(["-c", "echo $TMPDIR $TZDIR"]).output());
}
