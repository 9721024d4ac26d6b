//! Files and folders at the edges of what is allowed: every combination of options, odd names, errors and their texts.
use std::fs::{self, *};
use std::io::{self, IoSlice, IoSliceMut, SeekFrom, prelude::*};
use std::os::unix::fs::*;
use std::path::*;
use std::time::*;

/// Prints a result, or what kind of error it is.
fn said<T: std::fmt::Debug>(r: io::Result<T>) {
    match r {
        Ok(v) => println!("{v:?}"),
        Err(e) => println!("{:?} {:?} {e}", e.kind(), e.raw_os_error()),
    }
}

pub fn open_options_matrix() {
    for bits in 0..64 {
        for existing in [false, true] {
            let _ = fs::remove_file("f");
            if existing {
                fs::write("f", "0123456789").unwrap();
            }
            let on = |i: i32| bits >> i & 1 == 1;
            let r = OpenOptions::new()
                .read(on(0))
                .write(on(1))
                .append(on(2))
                .truncate(on(3))
                .create(on(4))
                .create_new(on(5))
                .open("f");
            match r {
                Err(e) => println!("{bits:06b} {existing} {:?} {:?} {e}", e.kind(), e.raw_os_error()),
                Ok(mut f) => {
                    let mut b = [0; 4];
                    let got = f.read(&mut b).map_err(|e| e.raw_os_error());
                    let put = f.write(b"xy").map_err(|e| e.raw_os_error());
                    println!("{bits:06b} {existing} {got:?} {put:?} {:?}", fs::read_to_string("f"));
                }
            }
        }
    }
    println!("{:?}", OpenOptions::new().read(true).mode(0o600).custom_flags(0o4000));
    said(OpenOptions::new().write(true).open("."));
    said(OpenOptions::new().read(true).open("a\0"));
    said(
        OpenOptions::new()
            .write(true)
            .create(true)
            .mode(0o4751)
            .open("m")
            .and_then(|f| f.metadata())
            .map(|m| format!("{:o}", m.mode())),
    );
    said(OpenOptions::new().read(true).custom_flags(0o200000).open("f").map(drop));
    let f = File::create("z").unwrap();
    println!(
        "{}",
        format!("{f:?}")
            .replace(|c: char| c.is_ascii_digit(), "#")
            .replace(std::env::current_dir().unwrap().to_str().unwrap(), "CWD")
    );
}

pub fn folders_and_links() -> io::Result<()> {
    said(fs::create_dir("a"));
    said(fs::create_dir("a"));
    said(fs::create_dir("x/y"));
    said(fs::create_dir_all("a/b/c"));
    said(fs::create_dir_all("a/b/c"));
    said(fs::create_dir_all(""));
    said(fs::create_dir_all("/"));
    fs::write("file", "x")?;
    said(fs::create_dir_all("file"));
    said(fs::create_dir_all("file/sub"));
    symlink("a", "link")?;
    symlink("nowhere", "dangling")?;
    said(fs::create_dir_all("link/b"));
    said(fs::create_dir_all("dangling"));
    said(DirBuilder::new().mode(0o700).recursive(true).create("p/q"));
    println!("{:o} {:o}", fs::metadata("p")?.mode(), fs::metadata("p/q")?.mode());
    println!("{:?}", DirBuilder::new());
    said(fs::remove_dir("a"));
    said(fs::remove_dir("file"));
    said(fs::remove_dir("link"));
    said(fs::remove_file("a"));
    said(fs::remove_file("nothing"));
    said(fs::remove_dir_all("file"));
    said(fs::remove_dir_all("nothing"));
    said(fs::remove_dir_all("dangling"));
    fs::write("a/b/kept", "x")?;
    symlink("a", "link2")?;
    said(fs::remove_dir_all("link2"));
    said(fs::metadata("a/b/kept").map(|m| m.len()));
    symlink("../file", "a/out")?;
    symlink("/", "a/root")?;
    said(fs::remove_dir_all("a"));
    said(fs::metadata("a").map(|m| m.len()));
    said(fs::remove_dir_all("a\0"));
    said(fs::hard_link("file", "hard"));
    said(fs::hard_link("file", "hard"));
    said(fs::hard_link("dangling", "hard2"));
    println!(
        "{} {}",
        fs::metadata("file")?.nlink(),
        fs::symlink_metadata("hard2").map(|m| m.is_symlink()).unwrap_or(false)
    );
    said(fs::read_link("file"));
    said(fs::read_link("dangling"));
    said(fs::read_link("nothing"));
    said(fs::canonicalize("dangling"));
    said(fs::canonicalize(""));
    said(fs::canonicalize("file/x"));
    symlink("loop", "loop")?;
    said(fs::canonicalize("loop"));
    said(fs::metadata("loop"));
    said(File::open("loop"));
    println!(
        "{:?} {:?} {:?}",
        fs::exists("loop").map_err(|e| e.kind()),
        fs::exists("dangling"),
        Path::new("loop").exists()
    );
    said(fs::rename("file", "p"));
    said(fs::rename("p", "file"));
    said(fs::rename("nothing", "b"));
    said(fs::rename("p", "p/q/r"));
    said(fs::rename("file", "renamed"));
    said(fs::read_dir("nothing").map(|_| ()));
    said(fs::read_dir("renamed").map(|_| ()));
    said(fs::copy("renamed", "copied"));
    said(fs::copy("p", "copied2"));
    said(fs::copy("renamed", "p"));
    said(fs::copy("nothing", "copied3"));
    said(fs::copy("dangling", "copied3"));
    fs::set_permissions("renamed", Permissions::from_mode(0o4711))?;
    said(fs::copy("renamed", "copied4"));
    println!("{:o}", fs::metadata("copied4")?.mode());
    said(fs::copy("renamed", "renamed"));
    println!("{:?}", fs::read("renamed")?);
    said(fs::copy("/proc/sys/kernel/ostype", "comm").map(|n| n > 0));
    said(fs::write("comm/x", "y"));
    said(fs::read("p"));
    said(fs::read_to_string("/proc/self/exe").map(drop));
    fs::write("notutf8", b"\xff\xfe")?;
    said(fs::read_to_string("notutf8"));
    said(fs::set_permissions("nothing", Permissions::from_mode(0)));
    println!("{:?} {}", Permissions::from_mode(0o644), Permissions::from_mode(0o444).readonly());
    for mode in [0o41777, 0o41776, 0o45755, 0o42745, 0o101777, 0o102655, 0o1777] {
        println!("{:?}", Permissions::from_mode(mode));
    }
    let mut p = Permissions::from_mode(0o755);
    p.set_readonly(true);
    println!("{:o}", p.mode());
    p.set_readonly(false);
    println!("{:o}", p.mode());
    let mut names: Vec<_> = fs::read_dir(".")?
        .map(|e| {
            let e = e.unwrap();
            (e.file_name(), e.file_type().unwrap(), e.path(), e.metadata().unwrap().len(), e.ino() > 0)
        })
        .map(|x| format!("{x:?}"))
        .filter(|x| !x.contains("comm"))
        .collect();
    names.sort();
    println!("{names:#?}");
    println!("{:?}", fs::read_dir(".")?.next().is_some());
    println!("{:?}", fs::read_dir("p")?);
    said(chown("nothing", Some(1), None));
    said(lchown("dangling", Some(1), Some(1)));
    said(chroot("nothing"));
    Ok(())
}

pub fn one_file() -> io::Result<()> {
    let mut f = File::options().read(true).write(true).create(true).truncate(true).open("f")?;
    said(f.set_len(10));
    said(f.set_len(u64::MAX));
    said(f.seek(SeekFrom::End(-11)));
    said(f.seek(SeekFrom::Current(-1)));
    said(f.seek(SeekFrom::Start(u64::MAX)));
    said(f.seek(SeekFrom::End(5)));
    said(f.write(b"abc"));
    said(f.stream_position());
    said(f.rewind());
    let mut s = String::new();
    said(f.read_to_string(&mut s));
    println!("{s:?}");
    said(f.read_exact(&mut [0; 1]));
    said(f.write_at(b"ZZ", 3));
    said(f.read_exact_at(&mut [0; 4], 16));
    said(f.read_at(&mut [0; 4], 16));
    said(f.read_at(&mut [0; 4], 99));
    said(f.write_all_at(b"!", 20));
    said(f.write_at(b"!", u64::MAX));
    f.rewind()?;
    let (mut a, mut b) = ([0; 2], [0; 3]);
    said(f.read_vectored(&mut [IoSliceMut::new(&mut a), IoSliceMut::new(&mut []), IoSliceMut::new(&mut b)]));
    println!("{a:?} {b:?}");
    said(f.write_vectored(&[IoSlice::new(b"q"), IoSlice::new(b""), IoSlice::new(b"rs")]));
    said(f.write_vectored(&[]));
    said(f.read_vectored(&mut []));
    let many: Vec<IoSlice> = (0..3000).map(|_| IoSlice::new(b"v")).collect();
    said(f.write_vectored(&many));
    said(f.sync_all());
    said(f.sync_data());
    said(f.flush());
    let t = SystemTime::UNIX_EPOCH + Duration::new(1_000_000_000, 123_456_789);
    said(f.set_times(FileTimes::new().set_accessed(t).set_modified(t + Duration::from_secs(1))));
    let m = f.metadata()?;
    println!(
        "{:?} {:?} {} {} {} {}",
        m.accessed()? == t,
        m.modified()?.duration_since(t),
        m.mtime(),
        m.mtime_nsec(),
        m.atime(),
        m.atime_nsec()
    );
    said(f.set_modified(SystemTime::UNIX_EPOCH - Duration::from_secs(1)));
    println!("{} {}", f.metadata()?.mtime(), f.metadata()?.mtime_nsec());
    said(f.set_modified(SystemTime::UNIX_EPOCH - Duration::new(1, 1)));
    println!("{} {}", f.metadata()?.mtime(), f.metadata()?.mtime_nsec());
    println!("{:?}", FileTimes::new());
    println!("{:?}", f.set_permissions(Permissions::from_mode(0o600)));
    println!("{:?} {:?}", m.permissions(), m.file_type());
    println!("{} {} {} {}", m.len(), m.blksize() > 0, m.blocks() > 0, m.rdev());
    let c = f.try_clone()?;
    said((&c).seek(SeekFrom::Start(7)));
    said(f.stream_position());
    said(File::open("/dev/null")?.set_len(4));
    said(File::open("f")?.set_len(4));
    said(File::open("f")?.write(b"x"));
    said(fs::metadata("/dev/null").map(|m| (m.file_type().is_char_device(), m.rdev(), m.len())));
    println!("{:?}", File::create("/proc/nothing").map_err(|e| e.kind()));
    println!("{:?}", fs::write("/sys/nothing", "x").map_err(|e| e.kind()));
    said(f.lock());
    said(f.try_lock().map_err(|e| io::Error::other(e)));
    let g = File::open("f")?;
    println!("{:?}", g.try_lock());
    println!("{:?} {}", g.try_lock_shared(), g.try_lock().unwrap_err());
    said(f.unlock());
    println!("{:?} {:?}", g.try_lock_shared(), File::open("f")?.try_lock_shared());
    said(f.unlock());
    println!("{:?}", io::Error::from(g.try_lock().err().unwrap_or(TryLockError::WouldBlock)).kind());
    Ok(())
}

pub fn long_and_odd_names() -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    let n = "n".repeat(255);
    said(fs::write(&n, "x"));
    said(fs::write("n".repeat(256), "x"));
    said(fs::read("a/".repeat(2100)));
    let odd = std::ffi::OsStr::from_bytes(b"\xff\n\x01'\"");
    said(fs::write(odd, "y"));
    said(fs::read_to_string(odd));
    let deep: PathBuf = (0..60).map(|i| format!("dir{i}")).collect();
    said(fs::create_dir_all(&deep));
    said(fs::write(deep.join("x"), "deep"));
    for e in fs::read_dir(".")? {
        let e = e?;
        if e.file_name() == odd {
            println!("{:?} {:?}", e, e.path().display().to_string());
        }
    }
    said(fs::remove_dir_all("dir0"));
    let mut p = String::new();
    for _ in 0..100 {
        p.push_str(&"d".repeat(50));
        p.push('/');
    }
    said(fs::create_dir_all(&p));
    said(std::path::absolute("a/./b/../c//d/"));
    said(std::path::absolute(""));
    said(std::path::absolute("//x/."));
    for p in ["/", "..", ".", "./x", "a/b/.", "x/..", "/..//"] {
        println!(
            "{p:?} {:?} {:?} {:?}",
            Path::new(p).file_name(),
            Path::new(p).parent(),
            Path::new(p).components().collect::<Vec<_>>()
        );
        said(fs::canonicalize(p).map(|c| c.starts_with("/")));
    }
    Ok(())
}

pub fn positions_that_no_file_has() -> io::Result<()> {
    let mut part = io::Cursor::new(b"0123456789".to_vec()).take(5);
    for place in [SeekFrom::Start(9), SeekFrom::Current(-1), SeekFrom::End(1), SeekFrom::End(-2)] {
        println!("{:?} {:?}", part.seek(place), part.limit());
    }
    println!("{:?} {:?}", part.seek_relative(-4), part.seek_relative(-3));
    println!("{:?}", File::create("f")?.set_len(u64::MAX));
    Ok(())
}
