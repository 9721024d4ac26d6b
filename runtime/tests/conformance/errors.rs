//! Every error type of std: its `Display` and `Debug` texts, and what it says of its source.
use std::error::Error;
use std::io;

fn show(error: &dyn Error) {
    println!(
        "{error} | {error:?} | {error:#?} | {:>40} | {:?}",
        error.to_string(),
        error.source().map(|e| e.to_string())
    );
}

fn show_all<const N: usize>(errors: [Box<dyn Error>; N]) {
    errors.iter().for_each(|error| show(&**error));
}

pub fn parse_int() {
    for text in ["", "-", "+", "x", "12x", "300", "-300", " 1", "１", "0x10", "--1"] {
        let error = text.parse::<i8>().unwrap_err();
        println!("{text:?} {:?}", error.kind());
        show(&error);
    }
    show(&"-1".parse::<u8>().unwrap_err());
    show(&"0".parse::<std::num::NonZeroU8>().unwrap_err());
    show(&"".parse::<std::num::NonZeroI64>().unwrap_err());
    show(&u8::from_str_radix("zz", 36).unwrap_err());
}

pub fn parse_float_bool_char() {
    for text in ["", "x", ".", "1e", "e5", "--1", "1.2.3", "0x1p3", "in", "nanx"] {
        show(&text.parse::<f64>().unwrap_err());
        show(&text.parse::<f32>().unwrap_err());
    }
    show(&"yes".parse::<bool>().unwrap_err());
    show(&"".parse::<char>().unwrap_err());
    show(&"ab".parse::<char>().unwrap_err());
}

pub fn conversions() {
    show(&u8::try_from(300i32).unwrap_err());
    show(&char::try_from(0xd800u32).unwrap_err());
    show(
        &u8::try_from('é')
            .err()
            .map_or_else(|| "ok".parse::<i32>().unwrap_err().into(), Box::<dyn Error>::from)
            .as_ref(),
    );
    show(&u8::try_from('€').unwrap_err());
    show(&<[u8; 3]>::try_from(&[1u8, 2][..]).unwrap_err());
    println!("{:?}", <[u8; 3]>::try_from(vec![1u8, 2]).unwrap_err());
    show(&std::num::NonZeroU8::try_from(0u8).unwrap_err());
    println!("{:?}", char::from_digit(10, 10));
    show(&std::time::Duration::try_from_secs_f64(-1.0).unwrap_err());
    show(&std::time::Duration::try_from_secs_f64(f64::NAN).unwrap_err());
    show(&std::time::Duration::try_from_secs_f32(1e30).unwrap_err());
}

pub fn utf8() {
    for bytes in [&b"\xff"[..], b"ab\xc3", b"ab\xe2\x82", b"a\xed\xa0\x80", b"\xc0\x80", b"ok\xf5xx"] {
        let error = std::str::from_utf8(bytes).unwrap_err();
        println!("{} {:?}", error.valid_up_to(), error.error_len());
        show(&error);
        let error = String::from_utf8(bytes.to_vec()).unwrap_err();
        println!("{:?} {:?}", error.as_bytes(), error.utf8_error());
        show(&error);
    }
    show(&String::from_utf16(&[0xd800]).unwrap_err());
    println!(
        "{:?}",
        char::decode_utf16([0xd800, 0x41])
            .map(|r| r.map_err(|e| (e.to_string(), e.unpaired_surrogate())))
            .collect::<Vec<_>>()
    );
}

pub fn c_strings() {
    use std::ffi::{CStr, CString};
    let nul = CString::new("a\0b").unwrap_err();
    println!("{} {:?}", nul.nul_position(), nul.clone().into_vec());
    show(&nul);
    show(&CStr::from_bytes_with_nul(b"a\0b\0").unwrap_err());
    show(&CStr::from_bytes_with_nul(b"ab").unwrap_err());
    show(&CStr::from_bytes_until_nul(b"ab").unwrap_err());
    show(&CString::from_vec_with_nul(b"a\0b\0".to_vec()).unwrap_err());
    show(&CString::from_vec_with_nul(b"ab".to_vec()).unwrap_err());
    show(&CString::new(b"\xff".to_vec()).unwrap().into_string().unwrap_err());
    show(&io::Error::from(CString::new("a\0b").unwrap_err()));
}

pub fn cells_and_layout() {
    use std::cell::RefCell;
    let cell = RefCell::new(1);
    let guard = cell.borrow_mut();
    println!("{:?} {:?}", cell.try_borrow().map(|_| ()).map_err(|e| e.to_string()), cell.try_borrow());
    println!("{:?} {cell:?} {cell:#?}", cell.try_borrow_mut());
    show(&cell.try_borrow().unwrap_err());
    show(&cell.try_borrow_mut().unwrap_err());
    drop(guard);
    show(&std::alloc::Layout::from_size_align(1, 3).unwrap_err());
    show(&Vec::<u64>::new().try_reserve(usize::MAX).unwrap_err());
    show(&Vec::<u8>::new().try_reserve_exact(isize::MAX as usize).unwrap_err());
    show(&std::collections::HashMap::<u64, u64>::new().try_reserve(usize::MAX / 16).unwrap_err());
    show(&std::collections::HashSet::<u64>::new().try_reserve(usize::MAX).unwrap_err());
    show(&String::new().try_reserve(usize::MAX).unwrap_err());
    println!("{:?}", std::cell::OnceCell::from(3).set(4));
    println!("{:?}", std::sync::OnceLock::from(3).set(4));
}

pub fn addresses() {
    use std::net::*;
    show(&"1.2.3".parse::<Ipv4Addr>().unwrap_err());
    show(&"::g".parse::<Ipv6Addr>().unwrap_err());
    show(&"x".parse::<IpAddr>().unwrap_err());
    show(&"1.2.3.4".parse::<SocketAddrV4>().unwrap_err());
    show(&"[::1]".parse::<SocketAddrV6>().unwrap_err());
    show(&"host:80".parse::<SocketAddr>().unwrap_err());
}

pub fn environment() {
    use std::os::unix::ffi::OsStringExt;
    show(&std::env::var("NO_SUCH_VARIABLE").unwrap_err());
    show(&std::env::VarError::NotUnicode(std::ffi::OsString::from_vec(b"a\xffb".to_vec())));
    show(&std::env::join_paths(["a:b"]).unwrap_err());
}

pub fn paths_and_times() {
    use std::path::Path;
    show(&Path::new("/a").strip_prefix("b").unwrap_err());
    let later = std::time::UNIX_EPOCH + std::time::Duration::from_millis(1500);
    let error = std::time::UNIX_EPOCH.duration_since(later).unwrap_err();
    println!("{:?}", error.duration());
    show(&error);
}

pub fn channels() {
    use std::sync::mpsc;
    let (sender, receiver) = mpsc::channel::<i32>();
    show(&receiver.try_recv().unwrap_err());
    show(&receiver.recv_timeout(std::time::Duration::ZERO).unwrap_err());
    drop(sender);
    show(&receiver.try_recv().unwrap_err());
    show(&receiver.recv().unwrap_err());
    show(&receiver.recv_timeout(std::time::Duration::ZERO).unwrap_err());
    let (sender, receiver) = mpsc::sync_channel(1);
    sender.send(1).unwrap();
    let full = sender.try_send(2).unwrap_err();
    println!("{full} {full:?}");
    show(&full);
    drop(receiver);
    show(&sender.try_send(3).unwrap_err());
    let lost = sender.send(4).unwrap_err();
    println!("{lost} {lost:?} {}", lost.0);
    show(&mpsc::TrySendError::from(lost));
    show(&mpsc::TryRecvError::from(mpsc::RecvError));
    show(&mpsc::RecvTimeoutError::from(mpsc::RecvError));
}

pub fn locks() {
    use std::sync::*;
    let mutex = Mutex::new(1);
    let guard = mutex.lock().unwrap();
    println!("{:?} {mutex:?} {mutex:#?} {guard:?} {guard}", mutex.try_lock());
    println!("{}", mutex.try_lock().unwrap_err());
    println!("{:?}", mutex.try_lock().unwrap_err().source().is_none());
    drop(guard);
    let poison = PoisonError::new(5);
    println!("{poison} {poison:?} {}", poison.get_ref());
    println!("{}", poison.into_inner());
    let poisoned = TryLockError::Poisoned(PoisonError::new(6));
    println!("{poisoned} {poisoned:?}");
    let lock = RwLock::new(2);
    let reading = lock.read().unwrap();
    println!("{:?} {lock:?} {reading:?} {reading}", lock.try_write());
    drop(reading);
    let writing = lock.write().unwrap();
    println!("{:?} {lock:?} {lock:#?} {writing:?} {writing}", lock.try_read());
}

pub fn threads() {
    thread_local!(static SLOT: String = String::new());
    struct AtEnd;
    impl Drop for AtEnd {
        fn drop(&mut self) {
            if let Err(error) = SLOT.try_with(|_| ()) {
                show(&error);
            }
        }
    }
    thread_local!(static LAST: AtEnd = const { AtEnd });
    std::thread::spawn(|| {
        LAST.with(|_| ());
        SLOT.with(|_| ());
    })
    .join()
    .unwrap();
}

pub fn boxed() {
    show_all(["text".into(), String::from("owned").into(), std::borrow::Cow::Borrowed("cow").into()]);
    let error: Box<dyn Error + Send + Sync> = Box::from("both");
    println!("{error} {error:?} {error:#?}");
    println!("{:?}", Box::<dyn Error>::from(io::Error::other("x")).downcast::<io::Error>().map(|e| e.to_string()));
    println!("{:?}", Box::<dyn Error>::from("y").downcast::<io::Error>().map_err(|e| e.to_string()));
    println!("{:?}", std::fmt::Error);
    show(&std::fmt::Error);
}

pub fn io_wrapped() {
    #[derive(Debug)]
    struct Inner;
    impl std::fmt::Display for Inner {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.pad("inner")
        }
    }
    impl Error for Inner {}
    show(&io::Error::new(io::ErrorKind::InvalidData, Inner));
    show(&io::Error::other(io::Error::new(io::ErrorKind::NotFound, "deep")));
    show(&io::Error::other(io::Error::from_raw_os_error(2)));
    show(&io::Error::from(io::ErrorKind::UnexpectedEof));
    show(&io::Error::from_raw_os_error(13));
    let mut error = io::Error::new(io::ErrorKind::Other, Inner);
    println!("{:?} {:?} {:?}", error.kind(), error.get_ref().map(|e| e.to_string()), error.get_mut().is_some());
    println!(
        "{:?} {:?}",
        error.downcast::<Inner>().map_err(|e| e.to_string()),
        io::Error::other("x").downcast::<Inner>()
    );
    println!(
        "{:?} {:?}",
        io::Error::from_raw_os_error(2).downcast::<Inner>(),
        io::Error::from_raw_os_error(2).into_inner()
    );
    println!("{:?}", io::Error::from(io::ErrorKind::NotFound).get_ref().is_none());
}

pub fn io_every_number() {
    for number in (0..=135).chain([511, 512, 513, 524, 529, 1000, 4095, 65536, i32::MAX, -1, -2, i32::MIN]) {
        let error = io::Error::from_raw_os_error(number);
        println!("{number} {error} {error:?} {:?}", error.kind());
    }
}

pub fn io_every_kind() {
    use io::ErrorKind::*;
    for kind in [
        NotFound,
        PermissionDenied,
        ConnectionRefused,
        ConnectionReset,
        HostUnreachable,
        NetworkUnreachable,
        ConnectionAborted,
        NotConnected,
        AddrInUse,
        AddrNotAvailable,
        NetworkDown,
        BrokenPipe,
        AlreadyExists,
        WouldBlock,
        NotADirectory,
        IsADirectory,
        DirectoryNotEmpty,
        ReadOnlyFilesystem,
        StaleNetworkFileHandle,
        InvalidInput,
        InvalidData,
        TimedOut,
        WriteZero,
        StorageFull,
        NotSeekable,
        QuotaExceeded,
        FileTooLarge,
        ResourceBusy,
        ExecutableFileBusy,
        Deadlock,
        CrossesDevices,
        TooManyLinks,
        InvalidFilename,
        ArgumentListTooLong,
        Interrupted,
        Unsupported,
        UnexpectedEof,
        OutOfMemory,
        Other,
    ] {
        let error = io::Error::from(kind);
        println!("{kind} {kind:?} {error} {error:?} {error:#?} {:?}", error.raw_os_error());
    }
}

pub fn io_produced_by_std() {
    use io::{BufRead, Read, Seek, Write};
    show(&(&b"ab"[..]).read_exact(&mut [0; 3]).unwrap_err());
    show(&(&b"\xff"[..]).read_to_string(&mut String::new()).unwrap_err());
    show(&(&b"\xff\n"[..]).read_line(&mut String::new()).unwrap_err());
    show(&(&mut [0u8; 1][..]).write_all(b"xy").unwrap_err());
    show(&io::Cursor::new(b"x").seek(io::SeekFrom::Current(-5)).unwrap_err());
    show(&io::Cursor::new(&mut [0u8; 2][..]).write_all(b"xyz").unwrap_err());
    show(&std::fs::File::open("/").unwrap().read(&mut [0; 4]).unwrap_err());
    show(&std::fs::File::open("a\0b").unwrap_err());
    show(&std::fs::OpenOptions::new().open("x").unwrap_err());
    show(&std::fs::OpenOptions::new().read(true).append(true).truncate(true).open("x").unwrap_err());
    show(&std::process::Command::new("a\0").spawn().unwrap_err());
    show(&std::thread::Builder::new().name("a".into()).stack_size(usize::MAX / 2).spawn(|| ()).unwrap_err());
}

pub fn into_inner() {
    use io::{BufWriter, Write};
    struct Broken;
    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("broken"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut writer = BufWriter::new(Broken);
    writer.write_all(b"kept").unwrap();
    let error = writer.into_inner().map(|_| ()).unwrap_err();
    println!("{error} {:?}", error.error());
    let (error, writer) = error.into_parts();
    println!("{error:?} {:?}", writer.buffer());
    let (_, buffered) = writer.into_parts();
    println!("{buffered:?}");
}

pub fn slices() {
    println!("{:?}", [1, 2, 3].get_disjoint_mut([0, 0]).unwrap_err());
    println!("{}", [1, 2, 3].get_disjoint_mut([0, 0]).unwrap_err());
    println!("{}", [1, 2, 3].get_disjoint_mut([0, 9]).unwrap_err());
    show(&[1, 2, 3].get_disjoint_mut([0, 9]).unwrap_err());
}
