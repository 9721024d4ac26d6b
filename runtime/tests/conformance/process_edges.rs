//! Children, descriptors, sockets and files in situations that are rare.
use std::fs::{self, File, OpenOptions};
use std::io::{self, *};
use std::net::*;
use std::os::fd::*;
use std::os::unix::fs::*;
use std::os::unix::process::*;
use std::process::*;
use std::time::*;

fn kind<T>(result: io::Result<T>) -> std::result::Result<T, (io::ErrorKind, Option<i32>)> {
    result.map_err(|error| (error.kind(), error.raw_os_error()))
}

pub fn children_that_end_oddly() {
    for script in ["exit 0", "exit 1", "exit 255", "kill -9 $$", "kill -TERM $$", "exit 300"] {
        let status = Command::new("sh").args(["-c", script]).status().unwrap();
        println!(
            "{status} {status:?} {:?} {:?} {} {}",
            status.code(),
            status.signal(),
            status.success(),
            status.core_dumped()
        );
        println!("{:?} {:?} {}", status.stopped_signal(), status.continued(), status.into_raw());
    }
    println!("{} {}", ExitStatus::from_raw(0x137f), ExitStatus::from_raw(0xffff));
    println!("{} {:?}", ExitStatus::from_raw(0x8b), ExitStatus::from_raw(0x8b).core_dumped());
    println!("{:?} {:?}", ExitStatus::default(), ExitCode::from(7));
}

pub fn waiting_for_children() {
    let mut child = Command::new("sh").args(["-c", "read line; exit 3"]).stdin(Stdio::piped()).spawn().unwrap();
    println!("{:?} {}", child.try_wait(), child.id() > 1);
    println!("{:?}", child.wait());
    println!("{:?} {:?}", child.wait(), child.try_wait());
    println!("{:?} {}", kind(child.kill()), child.stdin.is_none());
    let mut child = Command::new("sleep").arg("100").spawn().unwrap();
    child.kill().unwrap();
    println!("{:?} {:?}", child.wait().unwrap().signal(), kind(child.kill()));
    let output = Command::new("sh").args(["-c", "echo out; echo err >&2; exit 2"]).output().unwrap();
    println!("{output:?} {output:#?}");
    let child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    println!("{:?}", child.wait_with_output());
}

pub fn more_than_a_pipe_holds() {
    let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(&vec![7; 1 << 20]));
    let output = child.wait_with_output().unwrap();
    println!("{} {:?}", output.stdout.len(), writer.join().unwrap());
    let output =
        Command::new("sh").args(["-c", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"]).output().unwrap();
    println!("{} {}", output.stdout.len(), output.stderr.len());
}

pub fn programs_that_cannot_start() {
    println!("{:?}", kind(Command::new("/nonexistent/program").spawn().map(|_| ())));
    println!("{:?}", kind(Command::new("no-such-program-anywhere").status()));
    println!("{:?}", kind(Command::new("/").output().map(|_| ())));
    println!("{:?}", kind(Command::new("true").current_dir("/nonexistent").status()));
    println!("{:?}", kind(Command::new("a\0b").status()));
    println!("{:?}", kind(Command::new("true").arg("a\0b").status()));
    println!("{:?}", kind(Command::new("true").env("a\0b", "c").status()));
    println!("{:?}", kind(Command::new("").status()));
    fs::write("text", "no program").unwrap();
    println!("{:?}", kind(Command::new("./text").status()));
    fs::set_permissions("text", fs::Permissions::from_mode(0o755)).unwrap();
    println!("{:?}", kind(Command::new("./text").stderr(Stdio::null()).status().map(|_| ())));
}

pub fn commands_that_are_changed() {
    let mut command = Command::new("sh");
    command
        .args(["-c", "echo $A-$B-$C-$0-$1"])
        .env_clear()
        .env("A", "1")
        .env("B", "2")
        .env_remove("B")
        .envs([("C", "3")])
        .arg0("other");
    println!("{command:?} {:?} {:?}", command.get_args().collect::<Vec<_>>(), command.get_envs().collect::<Vec<_>>());
    println!("{:?}", command.output().map(|output| String::from_utf8(output.stdout)));
    println!("{:?} {:?}", command.get_program(), command.get_current_dir());
    command.current_dir("/").arg("again it's");
    println!("{command:?} {:?}", command.output().map(|output| String::from_utf8(output.stdout)));
    let mut hooked = Command::new("sh");
    hooked.args(["-c", "exit $(ps -o pgid= -p $$ | grep -c $$)"]).process_group(0);
    println!("{:?}", hooked.status().map(|status| status.code()));
    // SAFETY: the closure only makes an error.
    unsafe { hooked.pre_exec(|| Err(io::Error::from_raw_os_error(13))) };
    println!("{:?}", kind(hooked.status()));
    println!("{:?}", kind::<()>(Err(Command::new("/nonexistent").exec())));
}

pub fn streams_of_children() {
    let (reader, writer) = io::pipe().unwrap();
    let mut child = Command::new("sh")
        .args(["-c", "echo one; echo two >&2"])
        .stdout(writer.try_clone().unwrap())
        .stderr(writer)
        .spawn()
        .unwrap();
    let mut text = String::new();
    BufReader::new(reader).read_to_string(&mut text).unwrap();
    println!("{text:?} {:?}", child.wait());
    let file = File::create("out").unwrap();
    println!(
        "{:?}",
        Command::new("sh")
            .args(["-c", "echo to a file; echo and this >&2"])
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .status()
    );
    println!("{:?}", fs::read_to_string("out"));
    let mut first = Command::new("echo").arg("through two").stdout(Stdio::piped()).spawn().unwrap();
    let second = Command::new("tr").args(["a-z", "A-Z"]).stdin(first.stdout.take().unwrap()).output().unwrap();
    println!("{:?} {:?}", String::from_utf8(second.stdout), first.wait());
    println!("{:?}", Command::new("cat").stdin(Stdio::null()).output());
}

pub fn seeking() {
    let mut file = OpenOptions::new().read(true).write(true).create_new(true).open("file").unwrap();
    file.write_all(b"0123456789").unwrap();
    println!(
        "{:?} {:?} {:?}",
        file.seek(SeekFrom::Start(3)),
        file.seek(SeekFrom::Current(-1)),
        file.seek(SeekFrom::End(-4))
    );
    println!("{:?} {:?}", kind(file.seek(SeekFrom::Current(-100))), kind(file.seek(SeekFrom::Start(u64::MAX))));
    println!("{:?} {:?} {:?}", file.stream_position(), file.seek(SeekFrom::End(5)), file.read(&mut [0; 4]));
    file.write_all(b"x").unwrap();
    println!("{:?} {:?} {:?}", file.metadata().unwrap().len(), file.rewind(), file.seek_relative(9));
    let mut rest = Vec::new();
    file.read_to_end(&mut rest).unwrap();
    println!("{rest:?}");
    let mut cursor = Cursor::new(vec![1, 2, 3]);
    println!("{:?} {:?} {:?}", cursor.seek(SeekFrom::End(2)), kind(cursor.seek(SeekFrom::End(-4))), cursor.write(&[9]));
    println!("{cursor:?} {:?}", kind(cursor.seek(SeekFrom::Current(i64::MIN))));
    let mut buffered = BufReader::with_capacity(4, &file);
    buffered.seek(SeekFrom::Start(0)).unwrap();
    println!("{:?} {:?} {:?}", buffered.fill_buf().map(<[u8]>::len), buffered.seek_relative(2), buffered.buffer());
    println!(
        "{:?} {:?}",
        buffered.stream_position(),
        buffered.seek_relative(5).and_then(|()| buffered.stream_position())
    );
    println!(
        "{:?}",
        kind(
            io::pipe()
                .unwrap()
                .0
                .as_fd()
                .try_clone_to_owned()
                .map(File::from)
                .and_then(|mut pipe| pipe.seek(SeekFrom::Start(0)))
        )
    );
    println!("{:?} {:?}", file.read_at(&mut [0; 3], 14), file.write_at(b"end", 20));
    println!(
        "{:?} {:?}",
        kind(file.read_exact_at(&mut [0; 30], 0)),
        file.set_len(2).and_then(|()| file.metadata()).map(|facts| facts.len())
    );
}

pub fn facts_about_files() {
    fs::write("file", "12345").unwrap();
    fs::hard_link("file", "second").unwrap();
    std::os::unix::fs::symlink("file", "link").unwrap();
    let facts = fs::metadata("file").unwrap();
    println!("{} {} {:o} {} {}", facts.len(), facts.nlink(), facts.mode(), facts.size(), facts.blksize() > 0);
    println!(
        "{} {}",
        facts.ino() == fs::metadata("second").unwrap().ino(),
        facts.dev() == fs::metadata(".").unwrap().dev()
    );
    println!("{} {}", facts.mtime() > 1_600_000_000, (0..1_000_000_000).contains(&facts.mtime_nsec()));
    println!(
        "{:?} {:?}",
        facts.modified().unwrap() <= SystemTime::now() + Duration::from_secs(1),
        facts.permissions().readonly()
    );
    let link = fs::symlink_metadata("link").unwrap();
    println!("{:?} {} {} {}", link.file_type(), link.is_symlink(), link.len(), link.file_type().is_fifo());
    let null = fs::metadata("/dev/null").unwrap();
    println!("{} {} {:x}", null.file_type().is_char_device(), null.file_type().is_block_device(), null.rdev());
    let times = fs::FileTimes::new().set_accessed(UNIX_EPOCH).set_modified(UNIX_EPOCH + Duration::new(7, 8));
    File::options().write(true).open("file").unwrap().set_times(times).unwrap();
    let facts = fs::metadata("link").unwrap();
    println!("{:?} {:?} {} {}", facts.accessed(), facts.modified(), facts.atime(), facts.mtime_nsec());
    let mut names: Vec<_> = fs::read_dir(".")
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name(), entry.file_type().unwrap(), entry.path()))
        .collect();
    names.sort_by(|a, b| a.0.cmp(&b.0));
    println!("{names:?}");
    println!("{:?} {:?} {:?}", fs::exists("link"), fs::exists("nothing"), kind(fs::exists("file/below")));
    println!("{:?} {:?}", kind(fs::read_link("file")), fs::read_link("link"));
    println!("{:?} {:?}", kind(fs::create_dir("file")), kind(fs::remove_dir("file")));
    println!("{:?} {:?}", kind(fs::remove_file(".")), kind(fs::rename("nothing", "x")));
    println!("{:?} {:?}", kind(fs::copy("nothing", "x")), kind(fs::copy(".", "x")));
    println!("{:?} {:?}", fs::copy("link", "copy"), fs::read("copy"));
    println!("{:?} {:?}", fs::create_dir_all("a/b/c"), kind(fs::remove_dir("a")));
    println!("{:?} {:?}", fs::remove_dir_all("a"), kind(fs::remove_dir_all("a")));
}

pub fn how_files_are_opened() {
    let try_all = |options: &OpenOptions, name: &str| println!("{name} {:?}", kind(options.open(name).map(|_| ())));
    try_all(OpenOptions::new().read(true), "missing");
    try_all(&OpenOptions::new(), "missing");
    try_all(OpenOptions::new().create(true), "missing");
    try_all(OpenOptions::new().read(true).create(true), "missing");
    try_all(OpenOptions::new().read(true).truncate(true), "missing");
    try_all(OpenOptions::new().append(true).truncate(true), "missing");
    try_all(OpenOptions::new().write(true).create_new(true).mode(0o4640), "made");
    try_all(OpenOptions::new().write(true).create_new(true), "made");
    try_all(OpenOptions::new().append(true).create(true), "made");
    try_all(OpenOptions::new().read(true).custom_flags(0o200000), "made"); // O_DIRECTORY
    try_all(OpenOptions::new().write(true), ".");
    println!("{:o}", fs::metadata("made").unwrap().mode());
    let mut appended = OpenOptions::new().append(true).read(true).open("made").unwrap();
    appended.write_all(b"one").unwrap();
    appended.rewind().unwrap();
    appended.write_all(b"two").unwrap();
    println!("{:?}", fs::read_to_string("made"));
    println!(
        "{:?} {:?}",
        kind(File::open("made").unwrap().write(b"x")),
        kind(File::create("made").unwrap().read(&mut [0]))
    );
    println!("{:?}", OpenOptions::new().read(true).mode(0o600));
    println!("{:?}", kind(File::create_new("made").map(|_| ())));
}

pub fn sockets_with_limits() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let stream = TcpStream::connect(address).unwrap();
    let (peer, _) = listener.accept().unwrap();
    println!("{:?} {:?}", stream.read_timeout(), kind(stream.set_read_timeout(Some(Duration::ZERO))));
    stream.set_read_timeout(Some(Duration::from_millis(10))).unwrap();
    stream.set_write_timeout(Some(Duration::new(1, 5_000_000))).unwrap();
    println!("{:?} {:?}", stream.read_timeout(), stream.write_timeout());
    println!("{:?}", kind((&stream).read(&mut [0; 4])));
    stream.set_nonblocking(true).unwrap();
    println!("{:?} {:?}", kind((&stream).read(&mut [0; 4])), kind(stream.peek(&mut [0; 4])));
    (&peer).write_all(b"abc").unwrap();
    stream.set_nonblocking(false).unwrap();
    println!("{:?} {:?}", stream.peek(&mut [0; 2]), (&stream).read(&mut [0; 9]));
    peer.shutdown(Shutdown::Write).unwrap();
    println!("{:?} {:?}", (&stream).read(&mut [0; 4]), stream.take_error().map(|error| error.is_none()));
    println!("{:?} {:?}", stream.shutdown(Shutdown::Both), kind((&stream).write(b"x")));
    listener.set_nonblocking(true).unwrap();
    println!("{:?}", kind(listener.accept().map(|_| ())));
    println!("{:?}", kind(TcpStream::connect_timeout(&address, Duration::ZERO).map(|_| ())));
    drop(listener);
    println!(
        "{:?} {:?}",
        kind(TcpStream::connect(address).map(|_| ())),
        kind(TcpStream::connect_timeout(&address, Duration::from_secs(5)).map(|_| ()))
    );
    println!(
        "{:?} {:?}",
        kind(TcpStream::connect(&[][..]).map(|_| ())),
        kind(TcpListener::bind("256.0.0.1:1").map(|_| ())).is_err()
    );
    println!("{:?} {:?}", kind(TcpListener::bind("192.0.2.1:0").map(|_| ())), "127.0.0.1:x".to_socket_addrs().is_err());
}

pub fn datagrams_with_limits() {
    let (a, b) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
    a.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
    println!("{:?} {:?}", kind(a.recv_from(&mut [0; 4]).map(|_| ())), kind(a.send(b"x")));
    println!("{:?}", b.send_to(b"longer than four", a.local_addr().unwrap()));
    let mut room = [0; 4];
    println!(
        "{:?} {:?} {room:?}",
        a.peek_from(&mut [0; 2]).map(|(n, _)| n),
        a.recv_from(&mut room).map(|(n, from)| (n, from == b.local_addr().unwrap()))
    );
    println!("{:?} {:?}", b.send_to(b"", a.local_addr().unwrap()), a.recv(&mut room));
    a.connect(b.local_addr().unwrap()).unwrap();
    println!("{:?} {:?} {}", a.send(b"hi"), b.recv(&mut room), a.peer_addr().unwrap() == b.local_addr().unwrap());
    println!("{:?} {:?}", kind(a.send_to(&[0; 70_000], b.local_addr().unwrap())), kind(b.peer_addr()));
    println!(
        "{:?} {:?} {:?}",
        a.broadcast(),
        a.set_broadcast(true).and_then(|()| a.broadcast()),
        a.set_ttl(9).and_then(|()| a.ttl())
    );
    a.set_nonblocking(true).unwrap();
    println!("{:?} {:?}", kind(a.recv(&mut room)), kind(a.send_to(b"", &[][..] as &[SocketAddr])));
}

pub fn descriptors() {
    let file = File::create("file").unwrap();
    let copy: OwnedFd = file.as_fd().try_clone_to_owned().unwrap();
    println!("{} {}", copy.as_raw_fd() != file.as_raw_fd(), copy.as_raw_fd() > 2);
    let mut again = File::from(copy);
    again.write_all(b"through the copy").unwrap();
    println!("{:?} {:?}", (&file).stream_position(), fs::read_to_string("file"));
    println!("{} {}", size_of::<Option<OwnedFd>>(), size_of::<Option<BorrowedFd<'_>>>());
    let raw = again.into_raw_fd();
    // SAFETY: the descriptor was just given up.
    drop(unsafe { OwnedFd::from_raw_fd(raw) });
    println!("{}", fs::read_link(format!("/proc/self/fd/{raw}")).is_err());
    println!("{} {} {}", stdin().is_terminal(), io::stdout().as_raw_fd(), stderr().as_fd().as_raw_fd());
    let flags = fs::read_to_string(format!("/proc/self/fdinfo/{}", file.as_raw_fd())).unwrap();
    println!("{}", flags.lines().any(|line| line.starts_with("flags:") && line.contains('2'))); // O_CLOEXEC: 02000000
}
