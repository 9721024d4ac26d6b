//! Files: opening, reading, writing, seeking, metadata, times, locks, copying.
use std::fs::{self, File, FileTimes, OpenOptions, Permissions, TryLockError};
use std::io::{self, prelude::*, IoSlice, IoSliceMut, SeekFrom};
use std::os::unix::fs::{FileExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn main() -> io::Result<()> {
    println!("{:?}", fs::write("a", "hello\nworld\n"));
    println!("{:?} {:?}", fs::read("a")?, fs::read_to_string("a")?);
    println!("{:?} {:?}", fs::read("none"), fs::read_to_string("."));
    fs::write("bin", [0xff, 0])?;
    println!("{:?}", fs::read_to_string("bin"));
    println!("{:?}", File::create_new("a").map_err(|e| e.kind()));
    let mut f = File::create_new("n")?;
    f.write_all(b"0123456789")?;
    println!("{:?} {:?}", f.seek(SeekFrom::Start(3))?, f.stream_position()?);
    let mut buf = [0; 4];
    println!("{:?} {buf:?}", f.read(&mut buf)?);
    println!("{:?} {:?}", f.read_at(&mut buf, 8)?, buf);
    println!("{:?} {:?}", f.read_exact_at(&mut buf, 8), f.write_at(b"XY", 1)?);
    println!("{:?} {:?}", f.write_all_at(b"end", 12), f.metadata()?.len());
    println!("{:?} {:?}", f.set_len(5), fs::read("n")?);
    println!("{:?} {:?}", f.set_len(7), fs::read("n")?);
    println!("{:?} {:?}", f.sync_all(), f.sync_data());
    let mut clone = f.try_clone()?;
    println!("{:?} {:?}", clone.seek(SeekFrom::End(-1))?, f.stream_position()?);
    println!("{:?}", f.rewind());
    let (mut x, mut y) = ([0; 2], [0; 9]);
    println!("{:?} {x:?} {y:?}", (&f).read_vectored(&mut [IoSliceMut::new(&mut x), IoSliceMut::new(&mut y)])?);
    println!("{:?}", (&f).write_vectored(&[IoSlice::new(b"1"), IoSlice::new(b"23")])?);
    println!("{:?} {:?}", f.seek(SeekFrom::Current(-100)), f.seek(SeekFrom::Start(u64::MAX)));
    println!("{:?}", f.set_len(u64::MAX).map_err(|e| e.kind()));

    for mode in [0o600u32, 0o444, 0o4755, 0o1777, 0o2010] {
        fs::set_permissions("a", Permissions::from_mode(mode))?;
        let p = fs::metadata("a")?.permissions();
        println!("{p:?} {} {:o}", p.readonly(), p.mode());
    }
    let mut p = fs::metadata("a")?.permissions();
    p.set_readonly(true);
    println!("{p:?}");
    p.set_readonly(false);
    p.set_mode(0o640);
    f.set_permissions(p.clone())?;
    println!("{:?} {}", f.metadata()?.permissions(), f.metadata()?.permissions() == p);

    let early = UNIX_EPOCH - Duration::new(5, 250_000_000);
    let late = UNIX_EPOCH + Duration::new(2_000_000_000, 123_456_789);
    f.set_times(FileTimes::new().set_accessed(early).set_modified(late))?;
    let m = f.metadata()?;
    println!("{:?} {:?}", m.modified()?.duration_since(UNIX_EPOCH), m.accessed()?.duration_since(UNIX_EPOCH).map_err(|e| e.duration()));
    println!("{} {} {} {}", m.mtime(), m.mtime_nsec(), m.atime(), m.atime_nsec());
    f.set_modified(UNIX_EPOCH)?;
    println!("{:?} {:?}", f.metadata()?.modified()? == UNIX_EPOCH, f.metadata()?.accessed()? == early);
    println!("{:?}", f.set_modified(SystemTime::now()));

    let m = fs::metadata("a")?;
    println!("{} {} {} {} {:o}", m.is_file(), m.is_dir(), m.is_symlink(), m.len(), m.mode());
    println!("{:?} {} {} {}", m.file_type(), m.nlink(), m.uid() == fs::metadata(".")?.uid(), m.blksize() > 0);
    println!("{} {}", m.ino() == File::open("a")?.metadata()?.ino(), m.dev() == f.metadata()?.dev());
    println!("{} {} {}", m.size(), m.blocks() > 0, m.rdev());
    let null = fs::metadata("/dev/null")?;
    println!("{:?} {} {} {} {}", null.file_type(), null.file_type().is_char_device(), null.file_type().is_fifo(), null.file_type().is_socket(), null.rdev());
    println!("{}", null.file_type().is_block_device());
    #[allow(deprecated)]
    {
        use std::os::linux::fs::MetadataExt;
        println!("{} {} {:o}", m.st_size(), m.st_ino() == std::os::unix::fs::MetadataExt::ino(&m), m.st_mode());
    }

    let flag = |r: bool, w: bool, a: bool, t: bool, c: bool, n: bool| {
        let mut o = OpenOptions::new();
        o.read(r).write(w).append(a).truncate(t).create(c).create_new(n);
        o
    };
    for bits in 0..64 {
        let bit = |i: u32| bits & (1 << i) != 0;
        let o = flag(bit(0), bit(1), bit(2), bit(3), bit(4), bit(5));
        fs::write("present", "12345")?;
        let _ = fs::remove_file("absent");
        let present = o.open("present").and_then(|mut f| f.write_all(b"x")).map_err(|e| e.to_string());
        let absent = o.open("absent").and_then(|mut f| f.write_all(b"x")).map_err(|e| e.to_string());
        println!("{bits:06b} {present:?} {absent:?} {:?}", fs::read_to_string("present")?);
    }
    println!("{:?}", OpenOptions::new().write(true).create(true).mode(0o600).open("moded")?.metadata()?.permissions());
    println!("{:?}", OpenOptions::new().read(true).custom_flags(0o200000).open("a").map_err(|e| e.to_string()));
    println!("{:?}", File::options());

    let (one, two) = (File::open("a")?, File::open("a")?);
    println!("{:?} {:?}", one.try_lock(), two.try_lock());
    println!("{:?} {:?}", one.unlock(), two.try_lock_shared());
    println!("{:?} {}", one.try_lock_shared(), one.try_lock().unwrap_err());
    println!("{:?}", io::Error::from(TryLockError::WouldBlock));
    println!("{:?} {:?} {:?}", two.unlock(), one.lock(), one.unlock());
    println!("{:?}", one.lock_shared());

    fs::set_permissions("a", Permissions::from_mode(0o751))?;
    println!("{} {:?} {:?}", fs::copy("a", "copy")?, fs::metadata("copy")?.permissions(), fs::read("copy")? == fs::read("a")?);
    println!("{:?} {:?} {:?}", fs::copy("none", "x"), fs::copy(".", "x"), fs::copy("a", "none/x"));
    println!("{}", fs::copy("/proc/self/status", "status")? > 100);
    fs::remove_file("status")?;
    println!("{:?} {:?}", fs::rename("copy", "moved"), fs::exists("copy"));
    println!("{:?} {:?}", fs::rename("none", "x"), fs::exists("moved")?);
    println!("{:?} {:?}", fs::remove_file("moved"), fs::remove_file("moved"));
    println!("{:?} {:?}", fs::exists("a/b").map_err(|e| e.kind()), fs::remove_file("."));
    println!("{:?}", File::open("a\0b").map_err(|e| e.to_string()));
    println!("{:?}", fs::metadata("x".repeat(300)).map_err(|e| (e.kind(), e.to_string())));
    println!("{:?}", fs::metadata("d/".repeat(2100)).map_err(|e| e.to_string()));
    Ok(())
}
