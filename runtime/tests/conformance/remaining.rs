//! Public functions that no other list calls.
#![allow(deprecated)]
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::net::TcpListener;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::os::unix::thread::JoinHandleExt;
use std::path::{Component, Path, Prefix};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::{fs, thread};

pub fn every_fact_about_a_file() -> io::Result<()> {
    use std::os::linux::fs::MetadataExt as Linux;
    use std::os::unix::fs::MetadataExt as Unix;
    fs::write("f", "12345")?;
    for path in ["f", "/dev/null", "/"] {
        let m = fs::metadata(path)?;
        let pairs: [(u64, u64); 16] = [
            (Linux::st_dev(&m), Unix::dev(&m)),
            (Linux::st_ino(&m), Unix::ino(&m)),
            (Linux::st_mode(&m).into(), Unix::mode(&m).into()),
            (Linux::st_nlink(&m), Unix::nlink(&m)),
            (Linux::st_uid(&m).into(), Unix::uid(&m).into()),
            (Linux::st_gid(&m).into(), Unix::gid(&m).into()),
            (Linux::st_rdev(&m), Unix::rdev(&m)),
            (Linux::st_size(&m), Unix::size(&m)),
            (Linux::st_blksize(&m), Unix::blksize(&m)),
            (Linux::st_blocks(&m), Unix::blocks(&m)),
            (Linux::st_atime(&m) as u64, Unix::atime(&m) as u64),
            (Linux::st_atime_nsec(&m) as u64, Unix::atime_nsec(&m) as u64),
            (Linux::st_mtime(&m) as u64, Unix::mtime(&m) as u64),
            (Linux::st_mtime_nsec(&m) as u64, Unix::mtime_nsec(&m) as u64),
            (Linux::st_ctime(&m) as u64, Unix::ctime(&m) as u64),
            (Linux::st_ctime_nsec(&m) as u64, Unix::ctime_nsec(&m) as u64),
        ];
        println!("{path} {:?}", pairs.map(|(a, b)| a == b));
        let raw = Linux::as_raw_stat(&m);
        println!("{} {} {:o}", raw.st_ino == Unix::ino(&m), raw.st_mtime == Unix::mtime(&m), raw.st_mode);
        println!("{} {} {}", raw.st_nlink == Unix::nlink(&m), raw.st_rdev, raw.st_size == Unix::size(&m) as i64);
    }
    Ok(())
}

pub fn disjoint_values_of_a_map() {
    let mut map = HashMap::from([("a", 1), ("b", 2)]);
    let both = unsafe { map.get_disjoint_unchecked_mut(["a", "b"]) };
    println!("{both:?}");
}

pub fn errors_of_writers() {
    struct Broken;
    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut writer = BufWriter::new(Broken);
    println!("{:?}", writer.write_fmt(format_args!("{}-{}", 1, 2)));
    println!("{:?}", writer.into_inner().map(|_| ()).unwrap_err().into_error());
    println!("{:?}", Broken.write_fmt(format_args!("direct")));
    println!("{:?}", (&mut [0u8; 2][..]).write_fmt(format_args!("too {}", "long")));
}

pub fn listener_for_version_six_only() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{:?} {:?}", listener.only_v6().map_err(|e| e.kind()), listener.set_only_v6(true).map_err(|e| e.kind()));
    Ok(())
}

pub fn borrowed_numbers() {
    let borrowed = unsafe { BorrowedFd::borrow_raw(2) };
    println!("{} {borrowed:?} {:?}", borrowed.as_raw_fd(), borrowed.try_clone_to_owned().is_ok());
}

pub fn threads_in_c() {
    let handle = thread::spawn(|| ());
    println!("{}", handle.as_pthread_t() != 0);
    println!("{}", handle.into_pthread_t() != 0);
    let value = 5;
    let handle = unsafe { thread::Builder::new().spawn_unchecked(|| value + 1) };
    println!("{:?}", handle.unwrap().join());
    thread::park_timeout_ms(1);
}

pub fn prefixes() {
    println!("{:?} {:?}", Prefix::Disk(b'C').is_verbatim(), Prefix::VerbatimDisk(b'C').is_verbatim());
    println!("{:?}", Path::new("C:\\x").components().collect::<Vec<_>>());
    println!("{:?}", Path::new("C:\\x").components().any(|c| matches!(c, Component::Prefix(_))));
}

pub fn thousands_of_threads() {
    static DROPS: AtomicUsize = AtomicUsize::new(0);
    struct Counted;
    impl Drop for Counted {
        fn drop(&mut self) {
            DROPS.fetch_add(1, SeqCst);
        }
    }
    thread_local!(static SLOT: Counted = const { Counted });
    let mappings = || fs::read_to_string("/proc/self/maps").unwrap().lines().count();
    let round = |count: usize| {
        for _ in 0..count / 50 {
            let started: Vec<_> = (0..50).map(|i| thread::spawn(move || SLOT.with(|_| i))).collect();
            assert_eq!(started.into_iter().map(|t| t.join().unwrap()).sum::<usize>(), 1225);
        }
    };
    round(1000);
    let before = mappings();
    round(10_000);
    println!("{} {}", DROPS.load(SeqCst), mappings() <= before + 50);
}
