//! What `{:?}` shows of std's own types; numbers that differ from run to run are left out.
use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;

/// Runs of digits become one `9`.
fn show<T: std::fmt::Debug>(value: T) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        let mut short = String::new();
        for c in text.chars() {
            match c {
                '0'..='9' if short.ends_with('9') => {}
                '0'..='9' => short.push('9'),
                other => short.push(other),
            }
        }
        println!("{short}");
    }
}

pub fn of_io() -> io::Result<()> {
    show(io::empty());
    show(io::sink());
    show(io::repeat(5));
    show((&b"ab"[..]).chain(&b"cd"[..]));
    show((&b"abc"[..]).take(2));
    show((&b"abc"[..]).bytes());
    show(io::Cursor::new("abc").split(b'b'));
    show((&b"abc"[..]).lines());
    show(io::BufReader::with_capacity(4, &b"abc"[..]));
    show(io::BufWriter::with_capacity(4, Vec::new()));
    show(io::LineWriter::with_capacity(4, Vec::new()));
    show(io::Cursor::new(vec![1]));
    show(io::SeekFrom::End(-2));
    show((io::IoSlice::new(b"x"), io::IoSliceMut::new(&mut [1])));
    show(io::BufWriter::new(vec![1]).into_parts());
    show(io::BufWriter::new(vec![1]).into_inner());
    show((io::stdin(), io::stderr(), io::stdin().lines()));
    println!("{:?}", io::stdout());
    let (reader, writer) = io::pipe()?;
    show((&reader, &writer));
    show((reader.as_fd(), OwnedFd::from(writer)));
    Ok(())
}

pub fn of_files() -> io::Result<()> {
    std::fs::write("f", "x")?;
    show(std::fs::OpenOptions::new().read(true).append(true));
    show(std::fs::DirBuilder::new());
    show(std::fs::FileTimes::new());
    show(std::fs::FileTimes::new().set_modified(std::time::UNIX_EPOCH));
    show(std::fs::metadata("f")?.permissions());
    show(std::fs::metadata("f")?.file_type());
    show(std::fs::read_dir(".")?);
    show(std::fs::read_dir(".")?.next());
    show(std::fs::File::open("f")?.try_lock());
    show(std::fs::TryLockError::WouldBlock);
    let path = std::path::Path::new("/a/b.c");
    show((path, path.components(), path.iter(), path.ancestors(), path.display()));
    show((path.components().next(), path.strip_prefix("x"), std::path::PathBuf::from("p")));
    Ok(())
}

pub fn of_processes() -> io::Result<()> {
    use std::process::*;
    let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    show((child.stdin.take(), child.stdout.take()));
    show(&child);
    show((child.wait()?, ExitCode::from(3), Stdio::null(), ExitStatus::default()));
    show(Command::new("a").arg("b").get_args());
    show(Command::new("a").arg(std::ffi::OsStr::from_bytes(b"\xff\x01\"")).get_args());
    show(Command::new("a").env("b", "c").get_envs());
    show(Command::new("a").stdin(Stdio::piped()).stdout(Stdio::inherit()));
    show(Command::new("a").output().map_err(|e| e.kind()));
    show(std::env::vars_os().size_hint());
    show(std::env::var("NO_SUCH"));
    println!("{}", format!("{:?}", std::env::args_os()).starts_with("ArgsOs { inner: ["));
    println!("{}", format!("{:?}", std::env::split_paths("a")));
    Ok(())
}

pub fn of_threads() {
    use std::sync::*;
    use std::thread::*;
    show(Builder::new().name("n".into()).stack_size(5));
    show(current());
    show(current().id());
    show(spawn(|| ()));
    scope(|s| {
        show(s);
        show(s.spawn(|| ()));
    });
    thread_local!(static SLOT: u8 = const { 1 });
    show(&SLOT);
    show((Mutex::new(1), RwLock::new(2), Condvar::new(), Once::new(), Barrier::new(1)));
    show((OnceLock::from(1), OnceLock::<u8>::new(), LazyLock::<u8>::new(|| 1), std::cell::LazyCell::<u8>::new(|| 1)));
    show((Barrier::new(1).wait(), WaitTimeout));
    Once::new().call_once_force(|state| show(state));
    let (sender, receiver) = mpsc::channel::<u8>();
    show((&sender, &receiver, receiver.iter(), receiver.try_iter()));
    show(receiver.into_iter());
    show(mpsc::sync_channel::<u8>(1));
    show((mpsc::SendError(1), mpsc::TrySendError::Full(1), mpsc::TrySendError::Disconnected(1), mpsc::RecvError));
    show((mpsc::TryRecvError::Empty, mpsc::RecvTimeoutError::Timeout, PoisonError::new(1)));
    let mutex = Mutex::new(1);
    show(Condvar::new().wait_timeout(mutex.lock().unwrap(), std::time::Duration::ZERO).unwrap());
    show(available_parallelism().is_ok());
}

#[derive(Debug)]
struct WaitTimeout;

pub fn of_collections() {
    let mut map = HashMap::from([(1, 'a')]);
    show((map.iter(), map.keys(), map.values()));
    show(map.iter_mut());
    show(map.values_mut());
    show(map.entry(1));
    show(map.entry(2));
    show(map.clone().into_iter());
    show((map.clone().into_keys(), map.clone().into_values()));
    show(map.extract_if(|_, _| false));
    show(map.drain());
    let mut set = HashSet::from([1]);
    let other = HashSet::from([1]);
    show((set.iter(), set.union(&other), set.intersection(&other), set.clone().into_iter()));
    show((set.difference(&HashSet::new()), set.symmetric_difference(&HashSet::new())));
    show(set.extract_if(|_| false));
    show(set.drain());
    show((std::hash::RandomState::new(), std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::default()));
}

pub fn of_sockets() -> io::Result<()> {
    use std::net::*;
    use std::os::unix::net::*;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    show((&listener, listener.incoming(), UdpSocket::bind("127.0.0.1:0")?, Shutdown::Read));
    show((UnixStream::pair()?, UnixDatagram::unbound()?));
    let unix = UnixListener::bind("s")?;
    show((&unix, unix.incoming(), unix.local_addr()?));
    show(TcpStream::connect(listener.local_addr()?)?);
    Ok(())
}

pub fn of_the_rest() {
    use std::time::*;
    show((Instant::now(), SystemTime::now(), UNIX_EPOCH));
    show(std::backtrace::Backtrace::disabled());
    show(std::backtrace::BacktraceStatus::Disabled);
    show(std::alloc::System);
    show(std::panic::Location::caller().line());
    show(std::panic::AssertUnwindSafe(1));
    show((std::ascii::escape_default(b'x'), std::ffi::OsString::from("x"), std::ffi::OsStr::new("y").display()));
    std::panic::set_hook(Box::new(|info| {
        show(info.location().is_some());
        println!("{}", format!("{info:?}").starts_with("PanicHookInfo { payload: Any { .. }, location: Location {"));
        std::process::exit(0);
    }));
    panic!("x");
}
