//! Files and folders, function by function; every program works in its own empty folder.
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::*;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn kind<T: std::fmt::Debug>(result: io::Result<T>) -> Result<T, (io::ErrorKind, String)> {
    result.map_err(|error| (error.kind(), error.to_string()))
}

fn names(folder: impl AsRef<Path>) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub fn hard_links() -> io::Result<()> {
    fs::write("a", "text")?;
    fs::hard_link("a", "b")?;
    println!("{} {}", fs::metadata("a")?.nlink(), fs::metadata("a")?.ino() == fs::metadata("b")?.ino());
    println!("{:?} {:?}", kind(fs::hard_link("a", "b")), kind(fs::hard_link("none", "c")));
    symlink("a", "link")?;
    fs::hard_link("link", "to_link")?;
    println!("{:?}", fs::symlink_metadata("to_link")?.file_type());
    println!("{:?} {:?}", kind(fs::hard_link(".", "folder")), kind(fs::hard_link("a", "none/b")));
    println!("{:?}", kind(fs::hard_link("a\0", "c")));
    Ok(())
}

pub fn symlinks() -> io::Result<()> {
    symlink("target", "link")?;
    println!("{:?} {:?}", fs::read_link("link"), kind(fs::read("link")));
    println!("{:?} {:?}", fs::symlink_metadata("link")?.file_type(), kind(fs::metadata("link").map(|_| ())));
    println!("{:?} {:?} {:?}", fs::exists("link"), Path::new("link").is_symlink(), Path::new("link").exists());
    fs::write("link", "through")?;
    println!("{:?} {:?}", fs::read_to_string("target"), fs::symlink_metadata("link")?.len());
    println!("{:?} {:?}", kind(symlink("x", "link")), kind(fs::read_link("target")));
    symlink("loop", "loop")?;
    println!("{:?} {:?}", kind(fs::read("loop")), kind(fs::canonicalize("loop")));
    symlink("", "empty").unwrap_err();
    let long = "l".repeat(4000);
    symlink(&long, "long")?;
    println!("{}", fs::read_link("long")?.as_os_str().len());
    fs::remove_file("long")?;
    println!("{:?} {:?}", fs::remove_file("link"), fs::exists("target"));
    #[allow(deprecated)]
    fs::soft_link("a", "soft")?;
    println!("{:?}", fs::read_link("soft"));
    Ok(())
}

pub fn canonicalized() -> io::Result<()> {
    let base = fs::canonicalize(".")?;
    fs::create_dir_all("a/b/c")?;
    symlink("a/b", "ab")?;
    symlink(base.join("a"), "absolute")?;
    symlink("../..", "a/b/up")?;
    fs::write("a/b/file", "")?;
    for path in ["a/./b/../b/c", "ab/c/..", "ab/up/a", "absolute/b", "a//b///c/", "a/b/file", "ab/up/ab/up/ab/file"] {
        println!("{path} {:?}", fs::canonicalize(path)?.strip_prefix(&base));
    }
    for path in ["", "none", "a/none/..", "a/b/file/", "a/b/file/x", "a\0"] {
        println!("{path:?} {:?}", kind(fs::canonicalize(path)));
    }
    println!("{:?} {:?}", fs::canonicalize("/"), fs::canonicalize("/../.."));
    println!("{:?}", Path::new("ab").canonicalize()?.strip_prefix(&base));
    println!("{:?}", std::path::absolute("x/../y/./z/")?.strip_prefix(std::env::current_dir()?));
    println!(
        "{:?} {:?} {:?}",
        std::path::absolute("/a//b/"),
        std::path::absolute("//a"),
        kind(std::path::absolute(""))
    );
    Ok(())
}

pub fn folders() -> io::Result<()> {
    println!("{:?} {:?}", fs::create_dir("d"), kind(fs::create_dir("d")));
    println!("{:?} {:?}", kind(fs::create_dir("x/y")), fs::create_dir_all("x/y/z"));
    println!("{:?} {:?}", fs::create_dir_all("x/y"), fs::create_dir_all(""));
    fs::write("f", "")?;
    println!("{:?} {:?}", kind(fs::create_dir_all("f")), kind(fs::create_dir_all("f/g")));
    println!("{:?} {:?}", kind(fs::remove_dir("x")), kind(fs::remove_dir("f")));
    println!("{:?} {:?} {:?}", kind(fs::remove_dir("none")), fs::remove_dir("x/y/z"), kind(fs::remove_file("x")));
    println!("{:?}", DirBuilder::new().mode(0o700).create("private"));
    println!(
        "{:?} {:?}",
        DirBuilder::new().recursive(true).mode(0o710).create("p/q"),
        kind(DirBuilder::new().create("p"))
    );
    println!("{:o} {:o}", fs::metadata("p")?.mode(), fs::metadata("p/q")?.mode());
    println!("{:?}", DirBuilder::new().recursive(true));
    symlink("none", "dangling")?;
    println!("{:?} {:?}", kind(fs::create_dir_all("dangling")), kind(fs::create_dir("dangling")));
    Ok(())
}

pub fn removing_all() -> io::Result<()> {
    fs::create_dir_all("t/a/b/c")?;
    fs::create_dir_all("outside")?;
    fs::write("outside/kept", "")?;
    fs::write("t/a/file", "")?;
    fs::write("t/a/b/read-only", "")?;
    fs::set_permissions("t/a/b/read-only", fs::Permissions::from_mode(0o000))?;
    symlink("../../outside", "t/a/link")?;
    symlink("dangling", "t/a/dangling")?;
    println!("{:?} {:?} {:?}", fs::remove_dir_all("t"), names("."), names("outside"));
    symlink("outside", "link")?;
    println!("{:?} {:?} {:?}", kind(fs::remove_dir_all("link")), names("."), names("outside"));
    fs::write("file", "")?;
    println!("{:?} {:?}", kind(fs::remove_dir_all("file")), kind(fs::remove_dir_all("none")));
    let deep: String = "d/".repeat(300);
    fs::create_dir_all(&deep)?;
    println!("{:?} {:?}", fs::remove_dir_all("d"), names("."));
    fs::create_dir("many")?;
    for i in 0..2000 {
        File::create(format!("many/{i}"))?;
    }
    println!("{:?} {:?}", fs::remove_dir_all("many"), names("."));
    println!("{:?}", kind(fs::remove_dir_all("a\0b")));
    Ok(())
}

pub fn read_dir_entries() -> io::Result<()> {
    fs::create_dir("d")?;
    fs::write("d/file", "12")?;
    fs::create_dir("d/folder")?;
    symlink("file", "d/link")?;
    std::process::Command::new("mkfifo").arg("d/fifo").status()?;
    let _socket = std::os::unix::net::UnixListener::bind("d/socket")?;
    let mut entries: Vec<_> = fs::read_dir("d")?.collect::<Result<_, _>>()?;
    entries.sort_by_key(|entry| entry.file_name());
    for entry in &entries {
        let kind = entry.file_type()?;
        println!("{entry:?} {:?} {:?} {kind:?}", entry.file_name(), entry.path());
        println!("{} {} {} {}", kind.is_fifo(), kind.is_socket(), kind.is_symlink(), entry.metadata()?.is_symlink());
        println!("{}", entry.ino() == fs::symlink_metadata(entry.path())?.ino());
    }
    println!("{:?} {:?}", kind(fs::read_dir("none").map(|_| ())), kind(fs::read_dir("d/file").map(|_| ())));
    println!("{:?}", fs::read_dir("d")?);
    let mut listing = fs::read_dir("d")?;
    fs::remove_dir_all("d")?;
    println!("{:?}", listing.next().is_none());
    println!("{}", fs::read_dir("/dev/fd/")?.count() >= 3);
    println!("{:?}", names("."));
    println!("{:?}", fs::read_dir(".")?.next().is_none());
    Ok(())
}

pub fn read_dir_large() -> io::Result<()> {
    fs::create_dir("d")?;
    for i in 0..3000 {
        File::create(format!("d/name-that-is-quite-long-{i:060}"))?;
    }
    let found: std::collections::BTreeSet<_> = fs::read_dir("d")?.map(|entry| entry.unwrap().file_name()).collect();
    println!("{} {:?} {:?}", found.len(), found.first(), found.last());
    let real: Vec<_> = fs::read_dir("d")?.map(|entry| entry.unwrap().ino()).collect();
    println!("{}", real.len());
    fs::remove_dir_all("d")
}

pub fn seeking() -> io::Result<()> {
    let mut f = OpenOptions::new().read(true).write(true).create_new(true).open("f")?;
    println!("{:?} {:?}", f.seek(SeekFrom::Start(10)), f.write(b"end"));
    println!("{:?} {:?}", f.seek(SeekFrom::End(-3)), f.stream_position());
    println!("{:?} {:?}", kind(f.seek(SeekFrom::Current(-100))), f.seek(SeekFrom::Current(100)));
    println!("{:?} {:?}", f.read(&mut [0; 4]), f.metadata()?.len());
    println!("{:?} {:?}", f.rewind(), f.seek_relative(4));
    println!("{:?} {:?}", f.stream_position(), kind(f.seek(SeekFrom::Start(u64::MAX))));
    println!("{:?} {:?}", fs::read("f"), f.seek(SeekFrom::End(i64::MIN)).is_err());
    println!("{:?} {:?}", f.set_len(1 << 30), f.metadata()?.blocks() < 100);
    println!("{:?}", f.seek(SeekFrom::Start(1 << 29)));
    let mut hole = [1; 8];
    println!("{:?} {hole:?}", f.read_exact(&mut hole));
    println!("{:?} {:?}", f.set_len(2), f.stream_position());
    fs::remove_file("f")
}

pub fn append_and_read() -> io::Result<()> {
    fs::write("log", "begin\n")?;
    let mut log = OpenOptions::new().append(true).read(true).open("log")?;
    println!("{:?} {:?}", log.stream_position(), log.write(b"one\n"));
    println!("{:?}", log.rewind());
    println!("{:?} {:?}", log.write(b"two\n"), log.stream_position());
    log.rewind()?;
    let mut text = String::new();
    println!("{:?} {text:?}", log.read_to_string(&mut text));
    println!("{:?} {:?}", kind(OpenOptions::new().append(true).open("none").map(|_| ())), log.write_at(b"at", 0));
    println!("{:?}", fs::read_to_string("log"));
    let mut created = OpenOptions::new().append(true).create(true).open("new")?;
    println!("{:?} {:?}", created.write(b"x"), kind(created.read(&mut [0; 1])));
    println!("{:?}", kind(File::open("new")?.write(b"y")));
    Ok(())
}

pub fn reading_whole() -> io::Result<()> {
    fs::write("small", "abc")?;
    fs::write("empty", "")?;
    fs::write("big", vec![7; 1 << 20])?;
    println!("{:?} {:?} {}", fs::read("small"), fs::read("empty"), fs::read("big")?.len());
    for name in ["small", "empty", "big"] {
        println!("{} {}", fs::read(name)?.capacity(), fs::read(name)?.len());
    }
    println!("{}", fs::read_to_string("small")?.capacity());
    println!("{:?} {}", fs::read_to_string("empty"), !fs::read_to_string("/proc/self/status")?.is_empty());
    println!("{:?} {:?}", kind(fs::read(".")), kind(fs::read_to_string("none")));
    println!("{:?} {}", fs::read("/dev/null"), fs::read("/proc/self/cmdline")?.len() > 3);
    let mut file = File::open("big")?;
    let mut vec = vec![1, 2, 3];
    println!("{:?} {} {:?}", file.read_to_end(&mut vec), vec.len(), file.read_to_end(&mut vec));
    println!("{:?} {:?}", (&File::open("small")?).read(&mut []), File::open("small")?.read(&mut [0; 100]));
    println!("{:?}", io::read_to_string(File::open("small")?));
    println!("{:?}", io::copy(&mut File::open("big")?, &mut io::sink()));
    let mut text = String::from("kept ");
    fs::write("bad", [b'x', 0xff])?;
    println!("{:?} {text:?}", kind(File::open("bad")?.read_to_string(&mut text)));
    println!("{:?} {text:?}", File::open("small")?.read_to_string(&mut text));
    println!("{:?}", File::open("small")?.bytes().map(|b| b.unwrap()).collect::<Vec<_>>());
    Ok(())
}

pub fn copying() -> io::Result<()> {
    fs::write("a", vec![b'z'; 100_000])?;
    fs::set_permissions("a", fs::Permissions::from_mode(0o4751))?;
    println!("{:?} {:o} {}", fs::copy("a", "b"), fs::metadata("b")?.mode(), fs::read("a")? == fs::read("b")?);
    fs::write("short", "s")?;
    println!("{:?} {:?} {:o}", fs::copy("short", "b"), fs::read("b"), fs::metadata("b")?.mode());
    println!("{:?} {:?}", kind(fs::copy("a", "a")).is_ok(), fs::metadata("a")?.len());
    println!("{:?} {:?} {:?}", kind(fs::copy("none", "c")), kind(fs::copy(".", "c")), kind(fs::copy("a", ".")));
    println!("{:?} {:?}", names("."), kind(fs::copy("a", "no/c")));
    fs::write("empty", "")?;
    println!("{:?} {:?} {:?}", fs::copy("empty", "e2"), fs::copy("/dev/null", "null"), fs::read("null"));
    println!("{:?} {:?}", fs::copy("short", "/dev/null"), fs::copy("/proc/sys/kernel/ostype", "os"));
    println!("{:?}", fs::read_to_string("os"));
    symlink("short", "link")?;
    println!("{:?} {:?}", fs::copy("link", "c"), fs::symlink_metadata("c")?.file_type());
    println!("{:?} {:?}", fs::copy("a", "link"), fs::metadata("short")?.len());
    let (mut from, mut to) = (File::open("a")?, File::create("d")?);
    from.seek(SeekFrom::Start(99_990))?;
    println!("{:?} {:?} {:?}", io::copy(&mut from, &mut to), from.stream_position(), to.stream_position());
    println!("{:?}", io::copy(&mut (&b"0123456789"[..]).take(4), &mut to));
    println!("{:?}", io::copy(&mut File::open("a")?.take(7), &mut to));
    println!("{:?}", fs::read_to_string("d"));
    let mut append = OpenOptions::new().append(true).open("d")?;
    println!("{:?} {:?}", io::copy(&mut File::open("link")?.take(3), &mut append), fs::metadata("d")?.len());
    Ok(())
}

pub fn renaming() -> io::Result<()> {
    fs::write("a", "1")?;
    fs::write("b", "2")?;
    fs::create_dir("d")?;
    fs::create_dir("e")?;
    fs::write("e/full", "")?;
    println!("{:?} {:?}", fs::rename("a", "b"), fs::read_to_string("b"));
    println!("{:?} {:?} {:?}", kind(fs::rename("a", "c")), kind(fs::rename("b", "d")), kind(fs::rename("d", "b")));
    println!("{:?} {:?}", kind(fs::rename("d", "e")), kind(fs::rename("e", "e/inside")));
    println!("{:?} {:?}", fs::rename("e", "d"), names("."));
    println!("{:?} {:?}", fs::rename("b", "b"), kind(fs::rename("b", "none/x")));
    println!(
        "{:?}",
        kind(
            fs::rename("b", "/dev/shm/conformance-other-device")
                .and_then(|()| fs::remove_file("/dev/shm/conformance-other-device"))
        )
        .err()
        .map(|e| e.0)
    );
    Ok(())
}

pub fn times() -> io::Result<()> {
    fs::write("f", "")?;
    let file = OpenOptions::new().write(true).open("f")?;
    let show = |file: &File| -> io::Result<()> {
        let m = file.metadata()?;
        let since = |t: SystemTime| t.duration_since(UNIX_EPOCH).map_err(|e| e.duration());
        println!("{:?} {:?} {:?}", since(m.modified()?), since(m.accessed()?), m.created().is_ok());
        println!("{} {} {} {}", m.mtime(), m.mtime_nsec(), m.atime(), m.atime_nsec());
        Ok(())
    };
    for time in [
        UNIX_EPOCH,
        UNIX_EPOCH + Duration::new(1 << 31, 1),
        UNIX_EPOCH - Duration::new(1, 1),
        UNIX_EPOCH + Duration::new(1, 999_999_999),
    ] {
        println!("{:?}", file.set_times(fs::FileTimes::new().set_modified(time).set_accessed(time)));
        show(&file)?;
    }
    println!("{:?}", file.set_times(fs::FileTimes::new()));
    show(&file)?;
    println!("{:?}", file.set_modified(UNIX_EPOCH));
    show(&file)?;
    println!("{:?}", fs::FileTimes::new());
    println!("{:?}", kind(file.set_modified(UNIX_EPOCH + Duration::from_secs(i64::MAX as u64 - 1))).is_ok());
    let now = SystemTime::now();
    file.set_modified(now)?;
    println!("{}", file.metadata()?.modified()? == now);
    println!("{:?}", kind(File::open("f")?.set_modified(now)));
    Ok(())
}

pub fn permissions() -> io::Result<()> {
    fs::write("f", "")?;
    for mode in [0, 0o777, 0o644, 0o1755, 0o2755, 0o4755, 0o7777, 0o222] {
        let mut p = fs::metadata("f")?.permissions();
        p.set_mode(mode);
        println!("{p:?} {:?} {:o} {}", fs::set_permissions("f", p.clone()), fs::metadata("f")?.mode(), p.readonly());
        let mut q = p.clone();
        q.set_readonly(true);
        println!("{q:?} {} {}", q == p, q.readonly());
        #[allow(clippy::permissions_set_readonly_false)]
        q.set_readonly(false);
        println!("{q:?}");
    }
    println!("{:?}", kind(fs::set_permissions("none", fs::Permissions::from_mode(0))));
    println!("{:?}", File::open("/dev/null")?.metadata()?.permissions().mode() & 0o777);
    symlink("f", "l")?;
    fs::set_permissions("l", fs::Permissions::from_mode(0o600))?;
    println!(
        "{:o} {:?}",
        fs::metadata("f")?.mode(),
        File::open("f")?.set_permissions(fs::Permissions::from_mode(0o640))
    );
    println!("{:o}", fs::metadata("f")?.mode());
    fs::set_permissions("f", fs::Permissions::from_mode(0o644))?;
    Ok(())
}

// run: umask 077; $P
pub fn under_a_umask() -> io::Result<()> {
    fs::write("a", "")?;
    fs::create_dir("d")?;
    OpenOptions::new().write(true).create(true).mode(0o666).open("b")?;
    DirBuilder::new().mode(0o777).create("e")?;
    for name in ["a", "d", "b", "e"] {
        println!("{name} {:o}", fs::metadata(name)?.mode());
    }
    Ok(())
}

pub fn locks() -> io::Result<()> {
    let (a, b) = (File::create("f")?, File::open("f")?);
    println!("{:?} {:?} {:?}", a.try_lock(), b.try_lock(), b.try_lock_shared());
    println!("{} {:?}", b.try_lock().unwrap_err(), std::error::Error::source(&b.try_lock().unwrap_err()).is_none());
    println!("{:?} {:?} {:?}", a.unlock(), b.lock_shared(), a.try_lock_shared());
    println!("{:?} {:?} {:?}", a.try_lock(), b.unlock(), a.try_lock());
    let clone = a.try_clone()?;
    drop(a);
    println!("{:?}", b.try_lock());
    drop(clone);
    println!("{:?}", b.try_lock());
    let waiter = std::thread::spawn(|| File::open("f").and_then(|f| f.lock()));
    std::thread::sleep(Duration::from_millis(20));
    println!("{} {:?} {:?}", waiter.is_finished(), b.unlock(), waiter.join().unwrap());
    Ok(())
}

pub fn at_offsets() -> io::Result<()> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open("f")?;
    println!("{:?} {:?}", file.write_all_at(b"0123456789", 5), file.write_at(b"", 100));
    let mut buffer = [9; 6];
    println!("{:?} {buffer:?}", file.read_at(&mut buffer, 3));
    println!("{:?} {:?}", kind(file.read_exact_at(&mut buffer, 12)), file.read_at(&mut buffer, 1000));
    println!("{:?} {:?}", kind(file.read_at(&mut buffer, u64::MAX)), kind(file.write_at(b"x", u64::MAX)));
    println!("{:?}", (&file).stream_position());
    println!("{:?}", fs::read("f"));
    Ok(())
}

pub fn opening() -> io::Result<()> {
    println!(
        "{:?}",
        kind(OpenOptions::new().write(true).create_new(true).custom_flags(0o400000).open("new").map(|_| ()))
    );
    println!("{:?}", kind(OpenOptions::new().write(true).create_new(true).open("new").map(|_| ())));
    symlink("new", "link")?;
    println!("{:?}", kind(OpenOptions::new().read(true).custom_flags(0o400000).open("link").map(|_| ())));
    println!("{:?}", kind(OpenOptions::new().read(true).custom_flags(0o200000).open("new").map(|_| ())));
    println!("{:?}", kind(OpenOptions::new().write(true).open(".").map(|_| ())));
    println!("{:?}", kind(File::open("new/")));
    println!("{:?} {:?}", kind(File::create("none/x").map(|_| ())), kind(File::open("").map(|_| ())));
    println!("{:?}", kind(File::open("x".repeat(256)).map(|_| ())));
    println!("{:?}", kind(File::open("x/".repeat(4096)).map(|_| ())));
    println!("{:?}", kind(File::open("long".repeat(200)).map(|_| ())));
    let text = format!("{:?}", File::open("new")?);
    println!("{} {}", text.starts_with("File { fd: "), text.ends_with("new\", read: true, write: false }"));
    println!(
        "{}",
        format!("{:?}", OpenOptions::new().read(true).write(true).open("new")?).ends_with("read: true, write: true }")
    );
    println!("{:?}", OpenOptions::new().read(true).mode(0o600));
    let flags = fs::read_to_string("/proc/self/fdinfo/1").is_ok();
    let file = File::open("new")?;
    let info = fs::read_to_string(format!("/proc/self/fdinfo/{}", std::os::fd::AsRawFd::as_raw_fd(&file)))?;
    println!("{flags} {:?}", info.lines().find(|line| line.starts_with("flags")));
    Ok(())
}

pub fn metadata_in_full() -> io::Result<()> {
    fs::write("f", "12345")?;
    let m = fs::metadata("f")?;
    println!("{} {} {} {}", m.size(), m.nlink(), m.uid(), m.gid());
    println!("{} {} {:o}", m.blksize(), m.rdev(), m.mode());
    println!("{} {}", m.ctime() > 0, m.ctime_nsec() < 1_000_000_000);
    println!("{} {}", m.modified()? <= SystemTime::now(), m.created().map(|t| t <= SystemTime::now()).unwrap_or(true));
    let text = format!("{m:?}");
    println!("{}", text.starts_with("Metadata { file_type: FileType { is_file: true, is_dir: false, is_symlink: false, .. }, permissions: Permissions("));
    println!("{} {}", m.file_type() == fs::metadata("f")?.file_type(), m.file_type() == fs::metadata(".")?.file_type());
    println!("{:?} {:?}", fs::metadata(".")?.file_type(), fs::metadata("/dev/null")?.file_type());
    println!("{} {}", fs::metadata("/dev/null")?.rdev(), fs::metadata("/dev/zero")?.rdev());
    println!("{:?}", Path::new("f").metadata()?.len());
    println!("{:?} {:?}", Path::new("f").try_exists(), kind(Path::new("f/x").try_exists()));
    println!("{} {} {}", Path::new("f").is_file(), Path::new(".").is_dir(), Path::new("none").is_file());
    Ok(())
}

pub fn owners() -> io::Result<()> {
    fs::write("f", "")?;
    symlink("f", "l")?;
    println!("{:?} {:?}", kind(chown("f", Some(1), Some(2))), fs::metadata("f").map(|m| (m.uid(), m.gid())));
    println!("{:?} {:?}", kind(lchown("l", Some(3), None)), fs::symlink_metadata("l").map(|m| (m.uid(), m.gid())));
    println!("{:?} {:?}", kind(fchown(File::open("f")?, None, Some(5))), fs::metadata("f").map(|m| (m.uid(), m.gid())));
    println!("{:?} {:?}", kind(chown("f", None, None)), kind(chown("none", Some(1), None)));
    println!("{:?}", kind(chroot("none")));
    Ok(())
}

pub fn fifo_and_devices() -> io::Result<()> {
    std::process::Command::new("mkfifo").arg("p").status()?;
    let writer = std::thread::spawn(|| fs::write("p", "through the pipe"));
    println!("{:?} {:?}", fs::read_to_string("p"), writer.join().unwrap());
    println!("{:?}", kind(OpenOptions::new().write(true).custom_flags(0o4000).open("p").map(|_| ())));
    println!(
        "{:?}",
        kind(OpenOptions::new().read(true).custom_flags(0o4000).open("p").and_then(|mut p| p.read(&mut [0])))
    );
    println!("{:?}", kind(File::open("/dev/full").and_then(|mut f| f.read(&mut [1; 4]))));
    println!("{:?}", kind(fs::write("/dev/full", "x")));
    println!("{:?}", kind(OpenOptions::new().read(true).write(true).open("p").and_then(|mut p| p.stream_position())));
    fs::remove_file("p")
}

pub fn sync_and_clone() -> io::Result<()> {
    let mut a = File::create("f")?;
    a.write_all(b"abc")?;
    println!("{:?} {:?} {:?}", a.sync_all(), a.sync_data(), a.flush());
    let mut b = a.try_clone()?;
    b.write_all(b"def")?;
    println!("{:?} {:?}", a.stream_position(), fs::read_to_string("f"));
    println!("{:?}", std::io::IsTerminal::is_terminal(&a));
    println!("{:?} {:?}", kind(File::open("/proc/self/status")?.sync_all()), a.set_len(1));
    println!("{:?}", kind(File::open("f")?.set_len(0)));
    Ok(())
}

pub fn names_that_are_not_text() -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"a\xff\xfe");
    fs::write(name, "bytes")?;
    println!(
        "{:?} {:?}",
        fs::read_dir(".")?.map(|e| e.unwrap().file_name()).collect::<Vec<_>>(),
        fs::read_to_string(name)
    );
    println!("{:?}", fs::read_dir(".")?.next().unwrap()?.path().display().to_string());
    symlink(name, "l")?;
    println!("{:?}", fs::read_link("l")?.as_os_str().as_bytes());
    println!("{:?}", kind(fs::read(std::ffi::OsStr::from_bytes(b"\xffnone"))));
    Ok(())
}
