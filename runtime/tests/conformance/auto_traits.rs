//! `Send`, `Sync`, `UnwindSafe`, `RefUnwindSafe`, `Unpin`, sizes and covariance of std's types: mostly a matter of compiling.
use std::cell::Cell;
use std::collections::{HashMap, HashSet, hash_map, hash_set};
use std::hash::{DefaultHasher, RandomState};
use std::net::*;
use std::os::fd::*;
use std::os::unix::net as unix;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{mpsc::*, *};
use std::thread::{self, *};
use std::time::*;

fn send<T: Send>() {}
fn sync<T: Sync>() {}
fn unwind<T: UnwindSafe>() {}
fn ref_unwind<T: RefUnwindSafe>() {}
fn unpin<T: Unpin>() {}
fn all<T: Send + Sync + UnwindSafe + RefUnwindSafe + Unpin>() {}

struct NotUnpin(std::marker::PhantomPinned);

fn main() {
    all::<HashMap<String, Vec<u8>>>();
    all::<HashSet<String>>();
    all::<(hash_map::Iter<'_, u8, u8>, hash_map::Keys<'_, u8, u8>, hash_map::Values<'_, u8, u8>)>();
    all::<(hash_map::IntoIter<u8, u8>, hash_map::IntoKeys<u8, u8>, hash_map::IntoValues<u8, u8>)>();
    all::<(hash_set::Iter<'_, u8>, hash_set::IntoIter<u8>, hash_set::Union<'_, u8, RandomState>)>();
    send::<(hash_map::IterMut<'_, u8, u8>, hash_map::Drain<'_, u8, u8>, hash_map::Entry<'_, u8, u8>)>();
    sync::<(hash_map::IterMut<'_, u8, u8>, hash_map::Drain<'_, u8, u8>, hash_map::Entry<'_, u8, u8>)>();
    all::<(RandomState, DefaultHasher)>();
    all::<(Mutex<u8>, RwLock<u8>, Condvar, Once, Barrier, BarrierWaitResult, WaitTimeoutResult)>();
    all::<(OnceLock<u8>, LazyLock<u8>, PoisonError<u8>)>();
    sync::<(Mutex<Cell<u8>>, OnceLock<u8>)>();
    unwind::<(Mutex<Cell<u8>>, RwLock<Cell<u8>>, MutexGuard<'_, Cell<u8>>)>();
    ref_unwind::<(Mutex<Cell<u8>>, RwLock<Cell<u8>>)>();
    unpin::<(MutexGuard<'_, NotUnpin>, RwLockReadGuard<'_, NotUnpin>, RwLockWriteGuard<'_, NotUnpin>)>();
    sync::<(MutexGuard<'_, u8>, RwLockReadGuard<'_, u8>, RwLockWriteGuard<'_, u8>)>();
    all::<(Sender<u8>, SyncSender<u8>)>();
    sync::<(Sender<Cell<u8>>, SyncSender<Cell<u8>>)>();
    send::<(Receiver<Cell<u8>>, mpsc::IntoIter<u8>)>();
    unwind::<(Sender<Cell<u8>>, Receiver<Cell<u8>>, mpsc::Iter<'_, u8>, mpsc::TryIter<'_, u8>)>();
    ref_unwind::<(Sender<Cell<u8>>, Receiver<Cell<u8>>)>();
    all::<(SendError<u8>, RecvError, TryRecvError, TrySendError<u8>, RecvTimeoutError)>();
    send::<(JoinHandle<u8>, ScopedJoinHandle<'_, u8>, Scope<'_, '_>)>();
    sync::<(JoinHandle<u8>, ScopedJoinHandle<'_, u8>, Scope<'_, '_>)>();
    all::<(Thread, ThreadId, thread::Builder, LocalKey<Cell<u8>>, AccessError)>();
    all::<(Instant, SystemTime, SystemTimeError, Duration)>();
    all::<(TcpStream, TcpListener, UdpSocket, Shutdown, std::net::Incoming<'_>)>();
    all::<(unix::UnixStream, unix::UnixListener, unix::UnixDatagram, unix::SocketAddr, unix::Incoming<'_>)>();
    all::<(OwnedFd, BorrowedFd<'_>)>();

    println!("{} {}", std::mem::size_of::<HashMap<u8, u8>>(), std::mem::size_of::<HashSet<u8>>());
    println!("{} {} {}", std::mem::size_of::<Mutex<u32>>(), std::mem::size_of::<Once>(), std::mem::size_of::<OnceLock<u32>>());
    println!("{} {}", std::mem::size_of::<Option<TcpStream>>(), std::mem::size_of::<Option<Instant>>());
    println!("{} {} {}", std::mem::size_of::<Thread>(), std::mem::size_of::<Option<ThreadId>>(), std::mem::size_of::<RandomState>());

    // Panics unwind through what is declared safe, where they unwind at all.
    let (sender, receiver) = channel();
    let result = std::panic::catch_unwind(move || sender.send(1).is_ok());
    println!("{:?} {:?}", result.is_ok(), receiver.recv());
    fn shorter<'a>(map: &'a HashMap<&'static str, &'static str>) -> hash_map::Iter<'a, &'a str, &'a str> {
        map.iter()
    }
    println!("{:?}", shorter(&HashMap::from([("k", "v")])));
}
