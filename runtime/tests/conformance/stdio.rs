//! The standard streams: reading lines and the rest, locks taken twice, order of output, terminals.
use std::io::{self, prelude::*, IsTerminal, IoSlice};

struct Nested(u32);
impl std::fmt::Display for Nested {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 > 0 {
            print!("[{}]", Nested(self.0 - 1));
        }
        write!(f, "{}", self.0)
    }
}

fn main() {
    let stdin = io::stdin();
    let mut line = String::new();
    println!("{:?} {line:?}", stdin.read_line(&mut line));
    let mut first = [0; 2];
    println!("{:?} {first:?}", stdin.lock().read(&mut first));
    println!("{:?}", stdin.lock().by_ref().lines().next());
    let mut rest = String::new();
    println!("{:?} {}", io::stdin().read_to_string(&mut rest), rest.len());
    println!("{:?} {:?}", stdin.read_line(&mut line), stdin.lines().next().is_none());
    println!("{} {} {}", io::stdin().is_terminal(), io::stdout().is_terminal(), io::stderr().is_terminal());
    println!("{:?} {:?} {:?}", io::stdin(), io::stdout(), io::stderr());
    println!("{:?} {:?}", io::stdout().lock(), io::stderr().lock());

    println!("{}", Nested(3));
    let mut outer = io::stdout().lock();
    let mut inner = io::stdout().lock();
    write!(outer, "a").unwrap();
    write!(inner, "b").unwrap();
    println!("c");
    drop((outer, inner));
    let mut out = io::stdout();
    println!("{:?}", out.write_vectored(&[IoSlice::new(b"v1\n"), IoSlice::new(b"v2")]));
    out.write_all(&[b'x'; 3000]).unwrap();
    out.write_all(b"\n").unwrap();
    (&out).write_all(b"by reference\n").unwrap();
    out.flush().unwrap();
    eprint!("err {}", 1);
    eprintln!();
    eprintln!("err {}", 2);
    io::stderr().lock().write_all(b"err 3\n").unwrap();
    std::thread::spawn(|| println!("from a thread")).join().unwrap();
    print!("no newline at the end");
}
