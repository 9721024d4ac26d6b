//! What `std::any::type_name` says of std's own types: the modules are called as in the real std. Those that rustc 1.97 has in
//! `core` are left out.
use std::any::type_name;
use std::collections::{HashMap, HashSet, hash_map, hash_set};
use std::{env, ffi, fs, hash, io, net, os, path, process, sync, thread, time};

macro_rules! names {
    ($($ty:ty),* $(,)?) => { $(println!("{}", type_name::<$ty>());)* };
}

fn main() {
    names!(HashMap<String, path::PathBuf>, hash_map::Entry<u8, u8>, hash_map::Keys<u8, u8>, hash_map::IntoIter<u8, u8>);
    names!(HashSet<u8>, hash_set::Iter<u8>, hash_set::Union<u8, hash::RandomState>, hash::DefaultHasher);
    names!(
        path::Path,
        path::Component,
        path::Components,
        path::Display,
        path::StripPrefixError,
        ffi::OsString,
        ffi::OsStr
    );
    names!(
        fs::File,
        fs::Metadata,
        fs::OpenOptions,
        fs::Permissions,
        fs::FileType,
        fs::FileTimes,
        fs::DirEntry,
        fs::ReadDir
    );
    names!(fs::DirBuilder, fs::TryLockError, time::Instant, time::SystemTime, time::SystemTimeError, time::Duration);
    names!(io::Error, io::BufReader<u8>, io::BufWriter<Vec<u8>>, io::LineWriter<Vec<u8>>,);
    names!(io::Bytes<u8>, io::Lines<u8>, io::Split<u8>, io::IntoInnerError<u8>, io::SeekFrom);
    names!(io::Stdin, io::StdinLock, io::Stdout, io::StdoutLock, io::Stderr, io::IoSlice, io::PipeReader);
    names!(
        process::Command,
        process::CommandArgs,
        process::Child,
        process::ChildStdin,
        process::Stdio,
        process::Output
    );
    names!(
        process::ExitStatus,
        process::ExitCode,
        env::Args,
        env::Vars,
        env::VarError,
        env::SplitPaths,
        env::JoinPathsError
    );
    names!(
        sync::Mutex<u8>,
        sync::MutexGuard<u8>,
        sync::RwLock<u8>,
        sync::RwLockReadGuard<u8>,
        sync::Condvar,
        sync::Once
    );
    names!(sync::WaitTimeoutResult, sync::PoisonError<u8>, sync::Barrier, sync::OnceLock<u8>, sync::LazyLock<u8>);
    names!(sync::mpsc::Sender<u8>, sync::mpsc::SyncSender<u8>, sync::mpsc::Receiver<u8>, sync::mpsc::RecvError);
    names!(sync::mpsc::SendError<u8>, sync::mpsc::RecvTimeoutError, thread::Thread, thread::ThreadId, thread::Builder);
    names!(thread::JoinHandle<u8>, thread::Scope, thread::LocalKey<u8>, thread::AccessError, std::panic::PanicHookInfo);
    names!(
        net::TcpStream,
        net::TcpListener,
        net::UdpSocket,
        os::fd::OwnedFd,
        os::unix::net::UnixStream,
        std::alloc::System
    );
}
