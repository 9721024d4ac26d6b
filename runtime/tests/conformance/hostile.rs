//! Kernels that answer otherwise than usual: calls that are interrupted again and again, newer calls that are missing, no
//! vDSO. `strace` injects the errors; signals come from a thread of the program.
use std::io::{self, Read, Write};
use std::net::*;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, mpsc};
use std::time::{Duration, Instant};
use std::{fs, process::Command, thread};

/// Uses a little of everything.
fn everything() -> io::Result<()> {
    fs::create_dir_all("d/e")?;
    fs::write("d/a", "0123456789".repeat(1000))?;
    println!("{:?} {:?}", fs::copy("d/a", "d/b"), fs::read("d/b")? == fs::read("d/a")?);
    let (m, l) = (fs::metadata("d/a")?, fs::symlink_metadata("d")?);
    println!("{} {} {} {:?}", m.len(), m.is_file(), l.is_dir(), m.modified().is_ok());
    println!("{:?} {:?}", m.created().map(|_| ()).map_err(|e| e.kind()), fs::File::open("d/a")?.metadata()?.len());
    std::os::unix::fs::symlink("a", "d/l")?;
    let mut names: Vec<_> = fs::read_dir("d")?
        .map(|e| e.and_then(|e| Ok((e.file_name(), e.file_type()?, e.metadata()?.len() > 100))))
        .collect::<Result<_, _>>()?;
    names.sort_by(|a, b| a.0.cmp(&b.0));
    println!("{names:?} {:?}", fs::canonicalize("d/l")?.ends_with("d/a"));
    println!("{:?} {:?}", fs::exists("d/none"), fs::remove_dir_all("d"));
    let (mut reader, mut writer) = io::pipe()?;
    writer.write_all(b"pipe")?;
    drop(writer);
    let mut text = String::new();
    println!("{:?} {text:?}", reader.read_to_string(&mut text));
    println!("{:?}", Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]).output()?);
    let mut child = Command::new("sleep").arg("9").spawn()?;
    println!("{:?} {:?} {:?}", child.try_wait()?, child.kill(), child.wait()?);
    println!("{:?}", Command::new("/none").spawn().err());
    println!("{:?}", thread::spawn(|| thread::current().id()).join().is_ok());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (mut server, _) = listener.accept()?;
    client.write_all(b"tcp")?;
    drop(client);
    println!("{:?}", {
        let mut t = String::new();
        server.read_to_string(&mut t)?;
        t
    });
    let map: std::collections::HashMap<_, _> = [(1, 2)].into();
    println!("{map:?} {:?}", Instant::now().elapsed() < Duration::from_secs(5));
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(5).unwrap());
    println!("{:?} {:?}", receiver.recv(), receiver.recv_timeout(Duration::from_millis(5)));
    thread::sleep(Duration::from_millis(5));
    println!(
        "{:?} {:?}",
        std::time::SystemTime::now() > std::time::UNIX_EPOCH,
        thread::available_parallelism().is_ok()
    );
    println!("{:?}", std::env::current_dir().is_ok());
    Ok(())
}

// run: strace -f -o /dev/null -e inject=statx:error=ENOSYS $P
pub fn without_statx() -> io::Result<()> {
    everything()
}

// run: strace -f -o /dev/null -e inject=statx:error=EPERM $P
pub fn forbidden_statx() -> io::Result<()> {
    everything()
}

// run: strace -f -o /dev/null -e inject=copy_file_range,sendfile,splice:error=ENOSYS $P
pub fn without_copying_calls() -> io::Result<()> {
    everything()
}

// run: strace -f -o /dev/null -e inject=copy_file_range:error=EPERM $P
pub fn forbidden_copying() -> io::Result<()> {
    everything()
}

// run: strace -f -o /dev/null -e inject=copy_file_range:error=EXDEV -e inject=sendfile:error=EINVAL $P
pub fn copying_that_does_not_apply() -> io::Result<()> {
    everything()
}

// run: strace -f -o /dev/null -e inject=getrandom:error=ENOSYS $P
pub fn without_getrandom() -> io::Result<()> {
    everything()
}

// run: strace -f -o /dev/null -e inject=pidfd_open,pidfd_send_signal,clone3,openat2,close_range,faccessat2,rseq,set_robust_list:error=ENOSYS $P
pub fn without_newer_calls() -> io::Result<()> {
    everything()
}

// run: strace -f -o /dev/null -e inject=clock_nanosleep:error=EINTR:when=1..4 $P
pub fn interrupted_sleep() {
    let start = Instant::now();
    thread::sleep(Duration::from_millis(60));
    println!("{}", start.elapsed() >= Duration::from_millis(60));
}

// run: strace -f -o /dev/null -e inject=wait4,waitid:error=EINTR:when=1..6 $P
pub fn interrupted_wait() -> io::Result<()> {
    println!("{:?}", Command::new("sh").args(["-c", "exit 4"]).status()?);
    Ok(())
}

// run: strace -o /dev/null -e inject=poll,ppoll:error=EINTR:when=2+2 $P
pub fn interrupted_poll() -> io::Result<()> {
    println!(
        "{:?}",
        Command::new("sh")
            .args(["-c", "head -c 200000 /dev/zero; head -c 100000 /dev/zero >&2"])
            .output()
            .map(|o| (o.stdout.len(), o.stderr.len()))
    );
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{:?}", TcpStream::connect_timeout(&listener.local_addr()?, Duration::from_secs(5)).is_ok());
    Ok(())
}

// run: strace -o /dev/null -e inject=write:error=EINTR:when=1+2 $P
pub fn interrupted_writes() -> io::Result<()> {
    println!("line by line");
    print!("and the rest");
    fs::write("file", "x".repeat(100_000))?;
    println!();
    println!("{}", fs::metadata("file")?.len());
    eprintln!("errors too");
    io::copy(&mut fs::File::open("file")?.take(10), &mut fs::File::create("copy")?)?;
    Ok(())
}

// run: strace -o /dev/null -e inject=read:error=EINTR:when=20+3 $P </dev/null
pub fn interrupted_reads() -> io::Result<()> {
    fs::write("file", "line\n".repeat(30_000))?;
    println!("{}", fs::read("/proc/self/maps")?.len() > 100);
    println!("{} {}", fs::read("file")?.len(), fs::read_to_string("file")?.len());
    println!("{:?}", io::stdin().read_line(&mut String::new()));
    println!("{:?}", io::BufRead::lines(io::BufReader::new(fs::File::open("file")?)).count());
    let mut first = [0; 4];
    fs::File::open("file")?.read_exact(&mut first)?;
    println!("{first:?} {:?}", Command::new("echo").arg("x").output()?.stdout);
    Ok(())
}

// run: strace -o /dev/null -e inject=read:error=EINTR:when=3 $P </dev/null
pub fn one_read_says_so() -> io::Result<()> {
    fs::write("file", "abc")?;
    let mut file = fs::File::open("file")?;
    let results: Vec<_> = (0..8).map(|_| file.read(&mut [0; 1]).map_err(|e| e.kind())).collect();
    println!("{}", results.iter().filter(|r| r.is_ok()).count() >= 7);
    Ok(())
}

// run: strace -o /dev/null -e inject=openat,open:error=EINTR:when=4 -e inject=fstat,statx:error=EINTR:when=90 $P
pub fn interrupted_open() -> io::Result<()> {
    (0..6).for_each(|i| println!("{:?}", fs::write(format!("f{i}"), "x")));
    Ok(())
}

// run: strace -o /dev/null -e inject=accept4,accept,connect,recvfrom,sendto:error=EINTR:when=1+2 $P
pub fn interrupted_sockets() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (mut server, _) = listener.accept()?;
    client.write_all(b"over the wire")?;
    drop(client);
    let mut text = String::new();
    println!("{:?} {text:?}", server.read_to_string(&mut text));
    let udp = UdpSocket::bind("127.0.0.1:0")?;
    println!(
        "{:?}",
        (0..4)
            .map(|_| udp.send_to(b"x", udp.local_addr().unwrap()).map_err(|e| e.kind()))
            .filter(|r| r.is_ok())
            .count()
            >= 2
    );
    Ok(())
}

// run: strace -f -o /dev/null -e inject=write:retval=1:when=3..9 $P >/dev/null
pub fn short_writes() -> io::Result<()> {
    println!("taken bit by bit, says the kernel");
    Ok(())
}

// run: ulimit -v 1000000; $P
pub fn no_memory_for_threads() {
    let start = || thread::Builder::new().stack_size(64 << 20).spawn(|| thread::sleep(Duration::from_secs(1)));
    let failed = (0..40).find_map(|_| start().err());
    println!("{:?}", failed.map(|e| (e.kind(), e.raw_os_error())));
}

// run: strace -f -o /dev/null -e inject=clone,clone3:error=EAGAIN $P
pub fn no_more_threads() {
    println!("{:?}", thread::Builder::new().spawn(|| ()).map(|_| ()).map_err(|e| (e.kind(), e.to_string())));
    let _ = thread::spawn(|| ());
}

// run: strace -f -o /dev/null -e inject=clone,vfork,fork,clone3:error=EAGAIN $P
pub fn no_more_processes() {
    println!("{:?}", Command::new("true").spawn().map(|_| ()).map_err(|e| (e.kind(), e.to_string())));
    println!("{:?}", Command::new("true").output().map(|_| ()).map_err(|e| (e.kind(), e.to_string())));
}

// run: ulimit -n 12; $P
pub fn no_more_descriptors() -> io::Result<()> {
    let mut open = Vec::new();
    let error = loop {
        match fs::File::open("/dev/null") {
            Ok(file) => open.push(file),
            Err(error) => break error,
        }
    };
    println!("{error} {:?} {}", error.kind(), open.len());
    println!("{:?} {:?}", io::pipe().map(|_| ()), TcpListener::bind("127.0.0.1:0").map(|_| ()));
    println!("{:?}", Command::new("true").output().map(|_| ()));
    println!("{:?} {:?}", open[0].try_clone().map(|_| ()), fs::read_dir(".").map(|_| ()));
    open.truncate(open.len() - 2);
    println!("{:?}", Command::new("true").status().map(|s| s.success()));
    Ok(())
}

// run: ulimit -f 1; trap '' XFSZ; $P
pub fn files_that_may_not_grow() {
    println!("{:?}", fs::write("f", vec![0; 1 << 20]).map_err(|e| (e.kind(), e.to_string())));
}

/// The kernel's `struct sigaction`.
#[repr(C)]
struct Action {
    handler: extern "C" fn(i32),
    flags: usize,
    restorer: unsafe extern "C" fn(),
    mask: u64,
}

static SIGNALS: AtomicU64 = AtomicU64::new(0);

extern "C" fn count(_: i32) {
    SIGNALS.fetch_add(1, Relaxed);
}

std::arch::global_asm!(".globl conformance_restore", "conformance_restore:", "mov eax, 15", "syscall");

unsafe extern "C" {
    fn conformance_restore();
}

fn call(number: usize, a: usize, b: usize, c: usize, d: usize) -> isize {
    let result;
    unsafe {
        std::arch::asm!("syscall", inlateout("rax") number as isize => result, in("rdi") a, in("rsi") b, in("rdx") c,
            in("r10") d, lateout("rcx") _, lateout("r11") _);
    }
    result
}

const SIGUSR1: usize = 10;

/// Runs `body` while another thread sends this one a signal every few hundred microseconds, which restarts nothing.
fn in_a_storm<R>(body: impl FnOnce() -> R) -> R {
    const SA_RESTORER: usize = 0x0400_0000;
    let action = Action { handler: count, flags: SA_RESTORER, restorer: conformance_restore, mask: 0 };
    assert_eq!(call(13, SIGUSR1, (&raw const action).addr(), 0, 8), 0);
    let (process, target) = (call(39, 0, 0, 0, 0) as usize, call(186, 0, 0, 0, 0) as usize);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Relaxed) {
                call(234, process, target, SIGUSR1, 0);
                thread::sleep(Duration::from_micros(300));
            }
        });
        let result = body();
        done.store(true, Relaxed);
        result
    })
}

pub fn signals_while_sleeping() {
    let start = Instant::now();
    in_a_storm(|| thread::sleep(Duration::from_millis(100)));
    println!("{} {}", start.elapsed() >= Duration::from_millis(100), SIGNALS.load(Relaxed) > 20);
}

pub fn signals_while_waiting_for_a_child() -> io::Result<()> {
    let mut child = Command::new("sleep").arg("0.1").spawn()?;
    println!("{:?}", in_a_storm(|| child.wait()));
    println!(
        "{:?}",
        in_a_storm(|| Command::new("sh").args(["-c", "sleep 0.1; echo x; head -c 300000 /dev/zero"]).output())
            .map(|o| o.stdout.len())
    );
    Ok(())
}

pub fn signals_while_reading() -> io::Result<()> {
    let (mut reader, mut writer) = io::pipe()?;
    let slow = thread::spawn(move || {
        for _ in 0..20 {
            thread::sleep(Duration::from_millis(4));
            writer.write_all(b"0123456789").unwrap();
        }
    });
    let mut bytes = Vec::new();
    println!("{:?} {}", in_a_storm(|| reader.read_to_end(&mut bytes)), bytes.len());
    slow.join().unwrap();
    let (mut a, mut b) = UnixStream::pair()?;
    let slow = thread::spawn(move || {
        thread::sleep(Duration::from_millis(30));
        b.write_all(&[7; 6]).unwrap();
        thread::sleep(Duration::from_millis(30));
        b.write_all(&[7; 6]).unwrap();
        b
    });
    let mut exact = [0; 12];
    println!("{:?} {exact:?}", in_a_storm(|| a.read_exact(&mut exact)));
    drop(slow.join().unwrap());
    println!("{:?}", in_a_storm(|| io::copy(&mut a, &mut io::sink())));
    Ok(())
}

pub fn signals_while_writing() -> io::Result<()> {
    let (mut reader, mut writer) = io::pipe()?;
    let slow = thread::spawn(move || {
        let (mut total, mut buffer) = (0, [0; 4096]);
        while let Ok(n) = reader.read(&mut buffer) {
            if n == 0 {
                return total;
            }
            total += n;
            thread::sleep(Duration::from_millis(1));
        }
        total
    });
    println!("{:?}", in_a_storm(|| writer.write_all(&[1; 300_000])));
    drop(writer);
    println!("{:?}", slow.join().unwrap());
    Ok(())
}

pub fn signals_while_accepting() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let late = thread::spawn(move || {
        thread::sleep(Duration::from_millis(50));
        TcpStream::connect(address).is_ok()
    });
    println!("{:?} {:?}", in_a_storm(|| listener.accept()).is_ok(), late.join().unwrap());
    Ok(())
}

pub fn signals_while_connecting() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    println!("{}", in_a_storm(|| (0..50).filter(|_| TcpStream::connect(address).is_ok()).count()) == 50);
    println!("{:?}", in_a_storm(|| TcpStream::connect_timeout(&address, Duration::from_secs(5)).is_ok()));
    Ok(())
}

pub fn signals_while_locking() {
    let (mutex, changed) = (Mutex::new(0), Condvar::new());
    let start = Instant::now();
    let timed_out = in_a_storm(|| {
        changed.wait_timeout_while(mutex.lock().unwrap(), Duration::from_millis(60), |_| true).unwrap().1
    });
    println!("{timed_out:?} {}", start.elapsed() >= Duration::from_millis(60));
    thread::scope(|scope| {
        let guard = mutex.lock().unwrap();
        let waiting = scope.spawn(|| in_a_storm(|| *mutex.lock().unwrap()));
        thread::sleep(Duration::from_millis(40));
        drop(guard);
        println!("{:?}", waiting.join().unwrap());
    });
    let (sender, receiver) = mpsc::channel::<i32>();
    println!("{:?}", in_a_storm(|| receiver.recv_timeout(Duration::from_millis(30))));
    let late = thread::spawn(move || {
        thread::sleep(Duration::from_millis(30));
        sender.send(1)
    });
    println!("{:?} {:?}", in_a_storm(|| receiver.recv()), late.join().unwrap());
    let start = Instant::now();
    in_a_storm(|| thread::park_timeout(Duration::from_millis(30)));
    println!("{}", start.elapsed() < Duration::from_secs(5));
    println!("{:?}", in_a_storm(|| thread::spawn(|| thread::sleep(Duration::from_millis(20))).join()));
}

pub fn signals_while_timing_out() -> io::Result<()> {
    let udp = UdpSocket::bind("127.0.0.1:0")?;
    udp.set_read_timeout(Some(Duration::from_secs(5)))?;
    println!("{:?}", in_a_storm(|| udp.recv(&mut [0; 4])).map_err(|e| e.kind()));
    let (mut a, _b) = UnixStream::pair()?;
    println!("{:?}", in_a_storm(|| a.read(&mut [0; 4])).map_err(|e| e.kind()));
    Ok(())
}

pub fn signals_while_locking_files() -> io::Result<()> {
    let (a, b) = (fs::File::create("f")?, fs::File::open("f")?);
    a.lock()?;
    let late = thread::spawn(move || {
        thread::sleep(Duration::from_millis(40));
        a.unlock()
    });
    println!("{:?} {:?}", in_a_storm(|| b.lock()).map_err(|e| e.kind()), late.join().unwrap());
    Ok(())
}

// run: $HERE/without-vdso $P
pub fn without_a_vdso() -> io::Result<()> {
    let vdso = fs::read("/proc/self/auxv")?;
    let hidden = !vdso.chunks(16).any(|pair| u64::from_le_bytes(pair[..8].try_into().unwrap()) == 33);
    println!("hidden: {hidden}");
    println!("{}", (0..1000).map(|_| Instant::now()).collect::<Vec<_>>().is_sorted());
    everything()
}
