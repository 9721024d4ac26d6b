//! Locks, channels, lazy values and scopes where something goes wrong, or in an unusual order.
// panic: unwind
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::*;
use std::sync::*;
use std::thread;
use std::time::Duration;

fn caught<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(body)).map_err(|payload| match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().map_or("something else".to_string(), |text| text.to_string()),
    })
}

struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("dropped {} (panicking: {})", self.0, thread::panicking());
    }
}

pub fn lazy_lock_poisoned() {
    static LAZY: LazyLock<i32> = LazyLock::new(|| panic!("first and last"));
    println!("{:?}", caught(|| *LAZY));
    println!("{:?}", caught(|| *LAZY));
    println!("{:?} {:?}", *LAZY_DEBUG, LAZY_DEBUG);
    println!("{:?}", LAZY);
    static LAZY_DEBUG: LazyLock<&str> = LazyLock::new(|| "made");
    let unused = LazyLock::<i32, _>::new({
        let loud = Loud("closure of an unused value");
        move || {
            let _kept = &loud;
            1
        }
    });
    println!("{unused:?}");
    drop(unused);
    let used = LazyLock::new(|| Loud("lazy value"));
    println!("{}", used.0);
    drop(used);
}

pub fn once_in_every_state() {
    let once = Once::new();
    println!("{} {once:?}", once.is_completed());
    println!("{:?}", caught(|| once.call_once(|| panic!("no"))));
    println!("{} {:?}", once.is_completed(), caught(|| once.call_once(|| println!("never"))));
    println!("{:?}", caught(|| once.wait()));
    once.call_once_force(|state| println!("poisoned: {} {state:?}", state.is_poisoned()));
    once.call_once(|| println!("never"));
    once.call_once_force(|_| println!("never"));
    once.wait();
    println!("{}", once.is_completed());
}

pub fn once_lock_in_every_state() {
    let lock = OnceLock::new();
    println!("{:?} {lock:?}", lock.get());
    println!("{:?}", caught(|| *lock.get_or_init(|| panic!("not made"))));
    println!("{:?}", lock.get());
    println!("{:?} {:?}", lock.set(5), lock.set(6));
    println!("{} {lock:?}", lock.get_or_init(|| 7));
    let mut lock = lock;
    *lock.get_mut().unwrap() += 1;
    println!("{:?} {:?} {:?}", lock.clone(), lock == OnceLock::from(6), lock.take());
    println!("{lock:?}");
    println!("{:?}", lock.into_inner());
    let waits = Arc::new(OnceLock::new());
    let waiter = thread::spawn({
        let waits = waits.clone();
        move || *waits.wait()
    });
    thread::sleep(Duration::from_millis(5));
    waits.set(9).unwrap();
    println!("{:?}", waiter.join());
}

pub fn poisoned_locks() {
    let mutex = Arc::new(Mutex::new(vec![1]));
    let inner = mutex.clone();
    let ended = thread::spawn(move || {
        let mut guard = inner.lock().unwrap();
        guard.push(2);
        panic!("while locked");
    });
    println!("{}", ended.join().is_err());
    println!("{} {mutex:?}", mutex.is_poisoned());
    match mutex.lock() {
        Ok(_) => println!("not poisoned"),
        Err(error) => println!("{error} / {error:?} / {:?}", error.get_ref()),
    }
    match mutex.try_lock() {
        Err(TryLockError::Poisoned(error)) => println!("{:?}", error.get_ref()),
        other => println!("{:?}", other.is_ok()),
    };
    mutex.clear_poison();
    println!("{} {:?}", mutex.is_poisoned(), mutex.lock().map(|guard| guard.len()).ok());
    println!("{:?}", Arc::try_unwrap(mutex).unwrap().into_inner());

    let lock = RwLock::new(1);
    println!(
        "{:?}",
        caught(|| {
            let _reader = lock.read().unwrap();
            panic!("while reading")
        } as ())
    );
    println!("{}", lock.is_poisoned());
    println!(
        "{:?}",
        caught(|| {
            *lock.write().unwrap() = 2;
            let _writer = lock.write().unwrap();
            panic!("while writing")
        } as ())
    );
    println!("{} {lock:?} {:?}", lock.is_poisoned(), lock.try_read().is_err());
    lock.clear_poison();
    println!("{:?}", lock.into_inner());
}

pub fn locks_that_are_held() {
    let mutex = Mutex::new(1);
    let guard = mutex.lock().unwrap();
    println!("{mutex:?} {guard:?} {guard} {}", mutex.try_lock().is_err());
    println!("{}", mutex.try_lock().unwrap_err());
    drop(guard);
    let lock = RwLock::new("text");
    let readers = (lock.read().unwrap(), lock.read().unwrap());
    println!("{lock:?} {:?} {}", readers.0, lock.try_write().is_err());
    drop(readers);
    let writer = lock.write().unwrap();
    println!("{lock:?} {} {}", lock.try_read().is_err(), lock.try_write().unwrap_err());
    let reader = RwLockWriteGuard::downgrade(writer);
    println!("{reader} {} {}", lock.try_read().is_ok(), lock.try_write().is_err());
}

pub fn condvar_at_its_limits() {
    let pair = (Mutex::new(0), Condvar::new());
    let (guard, timeout) = pair.1.wait_timeout(pair.0.lock().unwrap(), Duration::ZERO).unwrap();
    println!("{} {timeout:?}", timeout.timed_out());
    let (guard, timeout) = pair.1.wait_timeout_while(guard, Duration::from_millis(2), |value| *value == 0).unwrap();
    println!("{} {}", timeout.timed_out(), *guard);
    let (guard, timeout) = pair.1.wait_timeout_while(guard, Duration::MAX, |value| *value != 0).unwrap();
    println!("{} {:?}", timeout.timed_out(), pair.1);
    drop(guard);
    thread::scope(|scope| {
        scope.spawn(|| {
            *pair.0.lock().unwrap() = 3;
            pair.1.notify_all();
        });
        let guard = pair.1.wait_while(pair.0.lock().unwrap(), |value| *value == 0).unwrap();
        println!("{}", *guard);
    });
    pair.1.notify_one();
    let poisoned = Arc::new((Mutex::new(()), Condvar::new()));
    let other = poisoned.clone();
    let guard = poisoned.0.lock().unwrap();
    let ended = thread::spawn(move || {
        let _guard = other.0.lock().unwrap();
        other.1.notify_one();
        panic!("with the lock");
    });
    println!("{}", poisoned.1.wait(guard).is_err());
    println!("{}", ended.join().is_err());
}

pub fn channels_in_the_order_of_their_ends() {
    let (sender, receiver) = channel();
    sender.send(1).unwrap();
    let second = sender.clone();
    drop(sender);
    second.send(2).unwrap();
    drop(second);
    println!("{:?} {:?} {:?}", receiver.recv(), receiver.try_recv(), receiver.recv());
    println!("{:?} {:?}", receiver.try_recv(), receiver.recv_timeout(Duration::from_secs(9)));
    let (sender, receiver) = channel::<Loud>();
    sender.send(Loud("left in the channel")).unwrap();
    drop(receiver);
    println!("receiver gone");
    let refused = sender.send(Loud("refused")).unwrap_err();
    println!("{refused} {refused:?}");
    println!("{}", refused.0.0);
    let (sender, receiver) = sync_channel(1);
    println!("{:?} {:?}", sender.try_send(1), sender.try_send(2));
    println!("{} / {}", sender.try_send(2).unwrap_err(), TrySendError::Disconnected(0));
    println!("{:?} {:?}", receiver.recv_timeout(Duration::ZERO), receiver.recv_timeout(Duration::ZERO));
    drop(receiver);
    println!("{:?} {:?}", sender.try_send(3), sender.send(4));
    let (sender, receiver) = sync_channel::<i32>(0);
    println!("{:?}", sender.try_send(1));
    let sending = thread::spawn(move || sender.send(5));
    println!("{:?} {:?} {:?}", receiver.recv(), sending.join().unwrap(), receiver.recv());
    println!("{:?}", receiver.into_iter().next());
}

pub fn a_blocked_sender_learns_that_nobody_receives() {
    let (sender, receiver) = sync_channel(1);
    sender.send(0).unwrap();
    let blocked = thread::spawn(move || sender.send(1));
    thread::sleep(Duration::from_millis(20));
    drop(receiver);
    println!("{:?}", blocked.join().unwrap());
    let (sender, receiver) = channel::<()>();
    let blocked = thread::spawn(move || receiver.recv());
    thread::sleep(Duration::from_millis(5));
    drop(sender);
    println!("{:?}", blocked.join().unwrap());
}

pub fn scopes_with_panics() {
    println!(
        "{:?}",
        caught(|| thread::scope(|scope| {
            scope.spawn(|| panic!("nobody joins"));
            5
        }))
    );
    println!("{:?}", caught(|| thread::scope(|scope| scope.spawn(|| panic!("joined")).join().is_err())));
    let done = AtomicBool::new(false);
    println!(
        "{:?}",
        caught(|| thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(5));
                done.store(true, SeqCst);
            });
            panic!("the scope itself");
        } as ()))
    );
    println!("{}", done.load(SeqCst));
    let count = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                scope.spawn(|| count.fetch_add(1, SeqCst));
                count.fetch_add(10, SeqCst)
            });
        }
    });
    println!("{}", count.load(SeqCst));
    let named = thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("scoped".into())
            .spawn_scoped(scope, || thread::current().name().map(str::to_string))
            .unwrap();
        println!("{:?}", thread.thread().name());
        thread.join().unwrap()
    });
    println!("{named:?}");
}

pub fn barriers_again_and_again() {
    let barrier = Barrier::new(3);
    let leaders = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..20 {
                    leaders.fetch_add(usize::from(barrier.wait().is_leader()), SeqCst);
                }
            });
        }
    });
    println!("{} {barrier:?} {:?}", leaders.load(SeqCst), Barrier::new(0).wait());
}

pub fn parking() {
    let thread = thread::current();
    thread.unpark();
    thread.unpark();
    thread::park();
    let start = std::time::Instant::now();
    thread::park_timeout(Duration::from_millis(3));
    println!("{}", start.elapsed() >= Duration::from_millis(3));
    let parked = thread::spawn(|| {
        thread::park();
        "woken"
    });
    parked.thread().unpark();
    println!("{:?} {}", parked.join(), thread.id() == thread::current().id());
}

pub fn locals_that_end_in_order() {
    thread_local! {
        static FIRST: Loud = Loud("first local");
        static SECOND: Loud = Loud("second local");
        static CELL: std::cell::RefCell<Vec<i32>> = const { std::cell::RefCell::new(Vec::new()) };
    }
    thread::spawn(|| {
        FIRST.with(|local| println!("{}", local.0));
        SECOND.with(|local| println!("{}", local.0));
        CELL.with_borrow_mut(|list| list.push(1));
        println!("{:?} {:?}", CELL.take(), CELL.replace(vec![2]));
        println!("{:?}", caught(|| CELL.with_borrow(|_| CELL.with_borrow_mut(|_| ()))));
        println!("{:?}", FIRST.try_with(|local| local.0));
    })
    .join()
    .unwrap();
}
