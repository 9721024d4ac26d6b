//! Standard streams as a shell sets them up: pipes, closed and full ones, files, how much is written at once.
use std::io::{self, BufRead, IsTerminal, Read, Write};

// run: $P | cat
pub fn into_a_pipe() {
    println!("one");
    print!("two");
    println!(" three");
    print!("{}", "x".repeat(3000));
}

// run: strace -qq -e trace=write,writev -e signal=none -o trace $P >out; sed 's/, [0-9]*) *= / = /' trace
pub fn writes_as_real() {
    println!("line");
    print!("part ");
    print!("of ");
    println!("a line");
    print!("a\nb\nc");
    println!();
    print!("{}", "y".repeat(1023));
    println!();
    print!("{}\n{}", "z".repeat(10), "w".repeat(1024));
    io::stdout().flush().unwrap();
    print!("last");
    eprint!("err {} {}\n", 1, 2);
    eprintln!("whole {}", 3);
    let _ = io::stdout().write(&[b'q'; 5000]);
    let _ = io::stdout().write_all(b"a\nrest");
    let mut lock = io::stdout().lock();
    lock.write_all(b"locked").unwrap();
    lock.write_all(b"\n").unwrap();
    writeln!(lock, "{}-{}", 1, 2).unwrap();
    io::stdout()
        .write_vectored(&[io::IoSlice::new(b"v1 "), io::IoSlice::new(b"v2\n"), io::IoSlice::new(b"v3")])
        .unwrap();
    lock.write_all(&[b'\n'; 2000]).unwrap();
}

// run: { sleep 0.05; $P; echo "status $?" >&2; } | true
pub fn broken_pipe_panics() {
    std::thread::sleep(std::time::Duration::from_millis(100));
    println!("nobody reads");
}

// run: { sleep 0.05; $P; echo "status $?" >&2; } | true
pub fn broken_pipe_as_error() {
    std::thread::sleep(std::time::Duration::from_millis(100));
    let error = writeln!(io::stdout(), "nobody reads").unwrap_err();
    eprintln!("{error} {:?}", error.kind());
    let error = io::stdout().write_all(&[0; 5000]).unwrap_err();
    eprintln!("{error} {:?}", error.kind());
}

// run: { sleep 0.05; $P; echo "status $?" >&2; } | true
pub fn broken_pipe_at_the_end() {
    std::thread::sleep(std::time::Duration::from_millis(100));
    print!("held back, then lost");
}

// run: $P >/dev/full; echo "status $?"
pub fn full_panics() {
    print!("held back ");
    println!("until here");
}

// run: $P >/dev/full; echo "status $?"
pub fn full_at_the_end() {
    print!("held back");
}

// run: $P >/dev/full; echo "status $?"
pub fn full_as_error() {
    let mut out = io::stdout();
    eprintln!("{:?}", out.write(b"short"));
    eprintln!("{:?}", out.flush().map_err(|e| e.to_string()));
    eprintln!("{:?}", out.flush().map_err(|e| e.to_string()));
    eprintln!("{:?}", out.write_all(b"line\n").map_err(|e| e.to_string()));
    eprintln!("{:?}", out.write(b"line\nmore").map_err(|e| e.to_string()));
    eprintln!("{:?}", out.write_all(&[1; 3000]).map_err(|e| e.to_string()));
}

// run: $P 2>/dev/full; echo "status $?"
pub fn full_stderr() {
    eprint!("not seen");
    println!("still here");
}

// run: exec >&-; $P; echo "status $?" >&2
pub fn closed_stdout() {
    println!("to nobody");
    io::stdout().write_all(b"nor this\n").unwrap();
    io::stdout().flush().unwrap();
    eprintln!("{:?}", std::fs::File::create("new").map(|f| std::os::fd::AsRawFd::as_raw_fd(&f) > 2).unwrap());
}

// run: exec 0<&- 1>&- 2>&-; $P
pub fn all_closed() {
    println!("out");
    eprintln!("err");
    let mut text = String::new();
    let read = io::stdin().read_line(&mut text);
    std::fs::write("result", format!("{read:?} {text:?} {:?}", std::fs::read_link("/proc/self/fd/0"))).unwrap();
}

// run: exec 0<&-; $P
pub fn closed_stdin() {
    let mut text = String::new();
    println!("{:?} {:?}", io::stdin().read_line(&mut text), io::stdin().read(&mut [0; 4]));
    println!("{:?} {:?}", io::read_to_string(io::stdin()), io::stdin().lines().count());
}

// run: $P <.
pub fn folder_as_stdin() {
    println!("{:?}", io::stdin().read_line(&mut String::new()).map_err(|e| (e.kind(), e.to_string())));
    println!("{:?}", io::stdin().read(&mut [0; 1]).map_err(|e| e.to_string()));
    println!("{:?}", io::read_to_string(io::stdin()).map_err(|e| e.to_string()));
}

// run: $P >out </dev/null; cat out; rm out
pub fn write_only_stdin() {
    println!("{:?}", io::stdin().read(&mut [0; 4]));
}

// run: printf 'a\nb\r\nc\n\nlast' | $P
pub fn lines_from_a_pipe() {
    let mut first = String::new();
    println!("{:?} {first:?}", io::stdin().read_line(&mut first));
    for line in io::stdin().lines() {
        println!("{line:?}");
    }
}

// run: printf 'ok\nb\377d\nafter\n' | $P
pub fn lines_that_are_not_text() {
    for line in io::stdin().lines() {
        println!("{:?}", line.map_err(|e| (e.kind(), e.to_string())));
    }
}

// run: printf '1 2\n3 4\nrest of it' | $P
pub fn mixed_readers() {
    let stdin = io::stdin();
    let mut lock = stdin.lock();
    let mut bytes = Vec::new();
    println!("{:?} {bytes:?}", lock.read_until(b' ', &mut bytes));
    println!("{:?}", lock.fill_buf().map(|b| b.len()));
    lock.consume(2);
    drop(lock);
    let mut two = [0; 2];
    println!("{:?} {two:?}", io::stdin().read_exact(&mut two));
    println!("{:?}", io::stdin().lock().split(b' ').map(|part| part.unwrap()).collect::<Vec<_>>());
    println!("{:?}", io::stdin().read_to_end(&mut Vec::new()));
}

// run: (printf 'first\n'; sleep 0.1; printf 'second\n') | $P
pub fn lines_that_come_late() {
    for line in io::stdin().lock().lines() {
        println!("{line:?}");
    }
}

// run: head -c 300000 /dev/zero | $P
pub fn much_input() {
    let mut bytes = Vec::new();
    println!("{:?} {}", io::stdin().read_to_end(&mut bytes), bytes.len());
}

// run: printf 'shared by both' >in; { $P; cat; } <in; rm in
pub fn reads_ahead() {
    let mut buffer = [0; 3];
    io::stdin().read_exact(&mut buffer).unwrap();
    println!("{buffer:?}");
}

// run: $P </dev/null | cat
pub fn is_terminal() {
    println!("{} {} {}", io::stdin().is_terminal(), io::stdout().is_terminal(), io::stderr().is_terminal());
    println!("{}", std::fs::File::open("/dev/null").unwrap().is_terminal());
}

// run: script -qec "$P" /dev/null </dev/null | tr -d '\r'
pub fn on_a_terminal() {
    println!("{} {}", io::stdout().is_terminal(), io::stderr().is_terminal());
    print!("prompt: ");
    io::stdout().flush().unwrap();
    println!();
}

// run: $P >>log; $P >>log; cat log
pub fn appending() {
    println!("one line");
    eprintln!("{:?}", std::io::Seek::stream_position(&mut std::fs::File::open("log").unwrap()));
}

pub fn interleaved() {
    for i in 0..3 {
        println!("out {i}");
        eprintln!("err {i}");
    }
    print!("partial");
    eprintln!("before the partial line");
}

// run: $P | sort
pub fn many_threads() {
    std::thread::scope(|scope| {
        for name in ["aaaa", "bbbb", "cccc"] {
            scope.spawn(move || (0..50).for_each(|_| println!("{name} {name} {name}")));
        }
    });
    println!("end");
}

pub fn locked_twice() {
    let one = io::stdout().lock();
    let mut two = io::stdout().lock();
    writeln!(two, "twice").unwrap();
    drop(one);
    println!("and print");
    let _err = io::stderr().lock();
    eprintln!("while locked");
}

pub fn handles() {
    println!("{:?} {:?} {:?}", io::stdin(), io::stdout(), io::stderr());
    println!("{:?}", io::stdin().lock());
    eprintln!("{:?}", io::stdout().lock());
    println!("{:?}", io::stderr().lock());
    println!("{:?}", io::stdin().lines());
    let mut by_reference = &io::stdout();
    by_reference.write_all(b"by reference\n").unwrap();
    (&io::stderr()).write_all(b"by reference\n").unwrap();
    dbg!(1 + 1, "two");
    dbg!();
    println!("{:?}", dbg!(vec![3]));
}

pub fn print_in_display() {
    struct Nested;
    impl std::fmt::Display for Nested {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            println!("inner");
            f.write_str("outer")
        }
    }
    println!("a {Nested} b");
}
