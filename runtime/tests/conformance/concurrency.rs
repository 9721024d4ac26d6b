//! Threads, locks, condition variables, channels, once-cells, barriers: with panics, timeouts and poison.
// panic: unwind
use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{self, RecvTimeoutError, TryRecvError};
use std::sync::*;
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(20);

fn quiet() {
    std::panic::set_hook(Box::new(|_| ()));
}

pub fn handles() {
    let handle = Builder::new().name("named".into()).spawn(|| thread::current().name().map(str::to_owned)).unwrap();
    println!("{:?} {:?}", handle.thread().name(), handle.thread().id() == thread::current().id());
    println!("{:?}", handle.join());
    println!("{:?} {:?}", thread::current().name(), thread::spawn(|| thread::current().name().is_none()).join());
    let text = format!("{:?}", thread::current());
    println!("{}", text.starts_with("Thread { id: ThreadId(") && text.ends_with("), name: Some(\"main\"), .. }"));
    println!("{}", format!("{:?}", thread::spawn(|| ())).starts_with("JoinHandle { .. }"));
    println!("{:?}", Builder::new().name("x".into()).stack_size(1));
    let finished = thread::spawn(|| ());
    while !finished.is_finished() {
        thread::yield_now();
    }
    println!("{} {:?}", finished.is_finished(), finished.join());
    let ids: Vec<_> = (0..3).map(|_| thread::spawn(|| thread::current().id()).join().unwrap()).collect();
    println!("{}", ids[0] != ids[1] && ids[1] != ids[2]);
    println!("{:?}", thread::available_parallelism().is_ok());
    println!("{:?}", Builder::new().stack_size(1).spawn(|| 5).unwrap().join());
    let name = Builder::new().name("a name that is longer than fifteen".into());
    println!("{:?}", name.spawn(|| std::fs::read_to_string("/proc/thread-self/comm")).unwrap().join().unwrap());
    let cut = Builder::new().name("fourteen chars\u{e9}".into());
    println!("{:?}", cut.spawn(|| std::fs::read("/proc/thread-self/comm")).unwrap().join().unwrap());
}

pub fn parking() {
    thread::current().unpark();
    thread::park();
    let start = Instant::now();
    thread::park_timeout(SHORT);
    println!("{}", start.elapsed() >= SHORT);
    thread::current().unpark();
    thread::current().unpark();
    thread::park_timeout(Duration::from_secs(60));
    let start = Instant::now();
    thread::park_timeout(SHORT);
    println!("{}", start.elapsed() >= SHORT);
    let main = thread::current();
    let other = thread::spawn(move || {
        thread::sleep(SHORT);
        main.unpark();
        thread::park();
        "unparked"
    });
    thread::park();
    other.thread().unpark();
    println!("{:?}", other.join());
    thread::park_timeout(Duration::ZERO);
    #[allow(deprecated)]
    thread::sleep_ms(1);
    thread::sleep(Duration::ZERO);
}

pub fn scopes() {
    quiet();
    let mut numbers = vec![1, 2, 3];
    let (mut sum, text) = (0, String::from("borrowed"));
    let answer = thread::scope(|scope| {
        let handle = scope.spawn(|| text.len());
        scope.spawn(|| numbers.push(4));
        let nested = scope.spawn(|| scope.spawn(|| 7).join().unwrap());
        sum += 5;
        println!("{}", format!("{scope:?}").starts_with("Scope { num_running_threads: "));
        println!("{:?} {:?}", nested.join(), handle.thread().name());
        handle.join().unwrap()
    });
    println!("{answer} {sum} {numbers:?}");
    println!("{:?}", thread::scope(|scope| scope.spawn(|| -> i32 { panic!("in scope") }).join().is_err()));
    println!(
        "{:?}",
        std::panic::catch_unwind(|| thread::scope(|scope| drop(scope.spawn(|| panic!("not joined")))))
            .unwrap_err()
            .downcast_ref::<&str>()
    );
    println!(
        "{:?}",
        std::panic::catch_unwind(|| thread::scope(|_| panic!("the scope itself"))).unwrap_err().downcast_ref::<&str>()
    );
    println!(
        "{:?}",
        thread::scope(|scope| Builder::new()
            .name("scoped".into())
            .spawn_scoped(scope, || thread::current().name().map(str::to_owned))
            .unwrap()
            .join())
    );
    let count = AtomicUsize::new(0);
    thread::scope(|scope| (0..10).for_each(|_| drop(scope.spawn(|| count.fetch_add(1, SeqCst)))));
    println!("{}", count.load(SeqCst));
    println!("{}", thread::scope(|scope| scope.spawn(|| ()).is_finished()) || true);
}

pub fn mutexes() {
    quiet();
    let mutex = Arc::new(Mutex::new(0));
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let mutex = mutex.clone();
            thread::spawn(move || (0..1000).for_each(|_| *mutex.lock().unwrap() += 1))
        })
        .collect();
    workers.into_iter().for_each(|worker| worker.join().unwrap());
    println!("{:?} {:?}", mutex, mutex.try_lock());
    let guard = mutex.lock().unwrap();
    println!("{:?}", mutex.try_lock().map(|_| ()).map_err(|e| (e.to_string(), format!("{e:?}"))));
    drop(guard);
    let other = mutex.clone();
    let _ = thread::spawn(move || {
        let mut guard = other.lock().unwrap();
        *guard = 77;
        panic!()
    })
    .join();
    println!(
        "{} {:?}",
        mutex.is_poisoned(),
        mutex.lock().map(|g| *g).map_err(|e| (e.to_string(), **e.get_ref(), *e.into_inner()))
    );
    println!("{:?}", mutex.try_lock().map(|g| *g).map_err(|e| e.to_string()));
    mutex.clear_poison();
    println!("{} {:?}", mutex.is_poisoned(), mutex.lock().is_ok());
    println!("{:?}", Arc::try_unwrap(mutex).unwrap().into_inner());
    println!("{:?} {:?} {:?}", Mutex::new(1), Mutex::<String>::default(), Mutex::from(3).get_mut());
    let guard = Mutex::new(String::from("x"));
    let mut held = guard.lock().unwrap();
    held.push('y');
    println!("{held} {held:?} {}", held.len());
}

pub fn not_poisoned_by_panics_elsewhere() {
    quiet();
    let mutex = Mutex::new(1);
    struct Locks<'a>(&'a Mutex<i32>);
    impl Drop for Locks<'_> {
        fn drop(&mut self) {
            *self.0.lock().unwrap() += 1;
        }
    }
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _locks = Locks(&mutex);
        panic!()
    }));
    println!("{:?}", mutex);
    let (lock, other) = (RwLock::new(1), Mutex::new(2));
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _guard = lock.read();
        panic!()
    }));
    println!("{:?} {:?}", lock, other);
}

pub fn rwlocks() {
    quiet();
    let lock = RwLock::new(5);
    let (a, b) = (lock.read().unwrap(), lock.read().unwrap());
    println!("{} {:?} {:?}", *a + *b, lock.try_read().is_ok(), lock.try_write().map(|_| ()).map_err(|e| e.to_string()));
    drop((a, b));
    let mut write = lock.write().unwrap();
    *write = 6;
    println!("{:?} {:?} {lock:?}", lock.try_read().is_err(), lock.try_write().is_err());
    let read = RwLockWriteGuard::downgrade(write);
    println!("{} {:?} {:?}", *read, lock.try_read().is_ok(), lock.try_write().is_err());
    drop(read);
    let _ = thread::scope(|scope| {
        scope
            .spawn(|| {
                let _guard = lock.write().unwrap();
                panic!()
            })
            .join()
    });
    println!("{} {:?} {:?}", lock.is_poisoned(), lock.read().is_err(), lock.try_write().is_err());
    lock.clear_poison();
    println!("{lock:?} {:?}", lock.read());
    println!("{:?}", lock.write());
    println!("{:?} {:?}", RwLock::from(1).get_mut(), RwLock::<u8>::default());
    let counter = RwLock::new(0);
    thread::scope(|scope| {
        for i in 0..6 {
            let counter = &counter;
            scope.spawn(move || {
                for _ in 0..300 {
                    if i % 2 == 0 {
                        *counter.write().unwrap() += 1;
                    } else {
                        assert!(*counter.read().unwrap() <= 900);
                    }
                }
            });
        }
    });
    println!("{:?}", counter.into_inner());
}

pub fn condvars() {
    quiet();
    let pair = (Mutex::new(0), Condvar::new());
    let start = Instant::now();
    let (guard, timeout) = pair.1.wait_timeout(pair.0.lock().unwrap(), SHORT).unwrap();
    println!("{:?} {} {}", timeout, timeout.timed_out(), start.elapsed() >= SHORT);
    let (guard, timeout) = pair.1.wait_timeout_while(guard, SHORT, |value| *value == 0).unwrap();
    println!("{:?} {}", timeout.timed_out(), *guard);
    let (guard, timeout) = pair.1.wait_timeout_while(guard, SHORT, |value| *value != 0).unwrap();
    println!("{:?} {}", timeout, *guard);
    #[allow(deprecated)]
    let (guard, in_time) = pair.1.wait_timeout_ms(guard, 1).unwrap();
    println!("{in_time}");
    drop(guard);
    println!("{:?} {:?}", pair.1, Condvar::default());
    thread::scope(|scope| {
        let waiting: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| *pair.1.wait_while(pair.0.lock().unwrap(), |value| *value < 10).unwrap()))
            .collect();
        thread::sleep(SHORT);
        *pair.0.lock().unwrap() = 10;
        pair.1.notify_all();
        println!("{:?}", waiting.into_iter().map(|w| w.join().unwrap()).collect::<Vec<_>>());
    });
    let ping = (Mutex::new(false), Condvar::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..500 {
                let mut turn = ping.1.wait_while(ping.0.lock().unwrap(), |turn| !*turn).unwrap();
                *turn = false;
                ping.1.notify_one();
            }
        });
        for _ in 0..500 {
            let mut turn = ping.1.wait_while(ping.0.lock().unwrap(), |turn| *turn).unwrap();
            *turn = true;
            ping.1.notify_one();
        }
    });
    println!("500 rounds");
    let _ = thread::scope(|scope| {
        scope
            .spawn(|| {
                let _guard = pair.0.lock().unwrap();
                panic!()
            })
            .join()
    });
    println!("{:?}", pair.1.wait_timeout(pair.0.lock().unwrap_or_else(|e| e.into_inner()), Duration::ZERO).is_err());
}

pub fn onces() {
    let once = Once::new();
    println!("{} {once:?}", once.is_completed());
    let runs = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                once.call_once(|| {
                    thread::sleep(SHORT);
                    runs.fetch_add(1, SeqCst);
                });
                assert!(once.is_completed());
            });
        }
        scope.spawn(|| once.wait());
    });
    println!("{} {}", runs.load(SeqCst), once.is_completed());
    let cell = OnceLock::new();
    println!("{:?} {:?} {:?} {cell:?}", cell.get(), cell.set(1), cell.set(2));
    println!("{:?} {} {:?}", cell.get(), cell.get_or_init(|| 9), cell.clone() == cell);
    let mut cell = cell;
    println!("{:?} {:?} {:?} {:?}", cell.get_mut().map(|v| *v += 1), cell.take(), cell.take(), cell);
    println!("{:?} {:?}", OnceLock::from(5).into_inner(), OnceLock::<i32>::default());
    let cell = OnceLock::new();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| *cell.wait());
        thread::sleep(SHORT);
        cell.set(3).unwrap();
        println!("{:?}", waiting.join());
    });
    static LAZY: LazyLock<String> = LazyLock::new(|| {
        println!("made once");
        "lazy".into()
    });
    println!("{:?}", *LAZY);
    println!("{} {}", LAZY.len(), LazyLock::force(&LAZY));
    let lazy = LazyLock::new(|| 5);
    println!("{lazy:?} {} {lazy:?}", *lazy);
    println!("{:?}", LazyLock::<i32>::default());
}

pub fn barriers() {
    let barrier = Barrier::new(4);
    let leaders = thread::scope(|scope| {
        let handles: Vec<_> =
            (0..4).map(|_| scope.spawn(|| (0..10).filter(|_| barrier.wait().is_leader()).count())).collect();
        handles.into_iter().map(|h| h.join().unwrap()).sum::<usize>()
    });
    println!("{leaders} {barrier:?} {:?}", Barrier::new(1).wait());
    println!("{:?}", Barrier::new(0).wait().is_leader());
}

pub fn channels() {
    let (sender, receiver) = mpsc::channel();
    println!("{:?} {:?}", sender, receiver);
    println!("{:?} {:?}", receiver.try_recv(), receiver.recv_timeout(SHORT));
    for i in 0..5 {
        sender.send(i).unwrap();
    }
    println!("{:?} {:?} {:?}", receiver.recv(), receiver.try_recv(), receiver.recv_timeout(SHORT));
    println!("{:?} {:?}", receiver.try_iter().collect::<Vec<_>>(), receiver.try_recv());
    let second = sender.clone();
    drop(sender);
    second.send(9).unwrap();
    drop(second);
    println!("{:?} {:?} {:?}", receiver.iter().collect::<Vec<_>>(), receiver.recv(), receiver.try_recv());
    println!("{:?}", receiver.recv_timeout(SHORT) == Err(RecvTimeoutError::Disconnected));
    println!("{:?}", receiver.try_recv() == Err(TryRecvError::Disconnected));
    let (sender, receiver) = mpsc::channel();
    drop(receiver);
    println!("{:?} {}", sender.send("lost"), sender.send("lost").unwrap_err());
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for i in 0..4 {
            let sender = sender.clone();
            scope.spawn(move || (0..250).for_each(|j| sender.send(i * 250 + j).unwrap()));
        }
        drop(sender);
        let mut all: Vec<_> = receiver.into_iter().collect();
        all.sort();
        println!("{} {:?}", all.len(), all == (0..1000).collect::<Vec<_>>());
    });
}

pub fn bounded_channels() {
    let (sender, receiver) = mpsc::sync_channel(2);
    println!("{:?} {:?} {:?}", sender.try_send(1), sender.try_send(2), sender.try_send(3));
    println!("{:?} {:?} {sender:?}", receiver.recv(), sender.send(4));
    let sending = sender.clone();
    let blocked = thread::spawn(move || sending.send(5));
    thread::sleep(SHORT);
    println!("{} {:?}", blocked.is_finished(), receiver.recv());
    println!("{:?}", blocked.join());
    println!("{:?}", receiver.try_iter().collect::<Vec<_>>());
    let (sender, receiver) = mpsc::sync_channel(0);
    println!("{:?}", sender.try_send(1));
    let other = thread::spawn(move || {
        let first = receiver.recv();
        thread::sleep(SHORT);
        (first, receiver.recv(), receiver.recv_timeout(SHORT), receiver)
    });
    while sender.try_send(7).is_err() {
        thread::yield_now();
    }
    println!("{:?}", sender.send(8));
    let (first, second, third, receiver) = other.join().unwrap();
    println!("{first:?} {second:?} {third:?} {:?}", receiver.try_recv());
    let (sender, receiver) = mpsc::sync_channel::<i32>(0);
    let blocked = thread::spawn(move || sender.send(1));
    thread::sleep(SHORT);
    drop(receiver);
    println!("{:?}", blocked.join().unwrap());
}

pub fn values_in_channels_are_dropped() {
    struct Tell(u8);
    impl Drop for Tell {
        fn drop(&mut self) {
            println!("dropped {}", self.0);
        }
    }
    let (sender, receiver) = mpsc::channel();
    (0..3).for_each(|i| assert!(sender.send(Tell(i)).is_ok()));
    drop(receiver.recv());
    drop(receiver);
    println!("receiver gone");
    drop(sender.send(Tell(9)));
    let (sender, receiver) = mpsc::sync_channel(4);
    (4..6).for_each(|i| assert!(sender.send(Tell(i)).is_ok()));
    drop(sender);
    drop(receiver);
}

pub fn thread_locals() {
    quiet();
    thread_local! {
        static CELL: Cell<u32> = const { Cell::new(1) };
        static REF: RefCell<Vec<u8>> = RefCell::new(vec![1]);
        static LAZY: String = { println!("made"); "lazy".to_owned() };
    }
    CELL.set(5);
    println!("{} {} {} {}", CELL.get(), CELL.replace(6), CELL.take(), CELL.with(Cell::get));
    REF.with_borrow_mut(|v| v.push(2));
    println!("{:?} {:?} {:?}", REF.with_borrow(Vec::len), REF.replace(vec![9]), REF.take());
    println!("{:?} {:?}", LAZY.with(String::len), LAZY.try_with(|s| s.clone()));
    println!("{:?}", thread::spawn(|| (CELL.get(), REF.with_borrow(|v| v.clone()), LAZY.with(String::len))).join());
    println!("{}", format!("{CELL:?}").starts_with("LocalKey { .. }"));
    thread_local!(static RECURSIVE: u8 = RECURSIVE.try_with(|_| 1).unwrap_or(2));
    thread_local!(static PANICS: u8 = panic!("in the initialiser"));
    println!(
        "{:?} {:?}",
        std::panic::catch_unwind(|| PANICS.with(|v| *v)).is_err(),
        std::panic::catch_unwind(|| PANICS.with(|v| *v)).is_err()
    );
    let set_first = thread::spawn(|| {
        thread_local!(static NEVER_MADE: Cell<u8> = panic!("not called"));
        NEVER_MADE.set(4);
        NEVER_MADE.get()
    });
    println!("{:?}", set_first.join());
}

pub fn destructors_in_order() {
    struct Tell(&'static str);
    impl Drop for Tell {
        fn drop(&mut self) {
            println!("{} {:?}", self.0, thread::current().name());
        }
    }
    thread_local! {
        static A: Tell = const { Tell("a") };
        static B: Tell = Tell("b");
        static C: RefCell<Option<Tell>> = const { RefCell::new(None) };
    }
    Builder::new()
        .name("t".into())
        .spawn(|| {
            B.with(|_| ());
            A.with(|_| ());
            C.with_borrow_mut(|c| *c = Some(Tell("c")));
            println!("end of the thread");
        })
        .unwrap()
        .join()
        .unwrap();
    println!("joined");
}

pub fn result_dropped_with_the_handle() {
    struct Tell;
    impl Drop for Tell {
        fn drop(&mut self) {
            println!("result dropped");
        }
    }
    let handle = thread::spawn(|| Tell);
    while !handle.is_finished() {
        thread::yield_now();
    }
    drop(handle);
    thread::sleep(SHORT);
    println!("after");
    drop(thread::spawn(|| Tell).join());
}

pub fn arcs_across_threads() {
    let shared = Arc::new(Mutex::new(Vec::new()));
    let weak = Arc::downgrade(&shared);
    let handles: Vec<_> = (0..3)
        .map(|i| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || shared.lock().unwrap().push(i))
        })
        .collect();
    handles.into_iter().for_each(|h| h.join().unwrap());
    shared.lock().unwrap().sort();
    println!("{:?} {} {}", shared, Arc::strong_count(&shared), weak.upgrade().is_some());
    drop(shared);
    println!("{:?}", weak.upgrade());
    let atomic = std::sync::atomic::AtomicU64::new(5);
    println!("{:?} {:?}", atomic, atomic.compare_exchange(5, 6, SeqCst, SeqCst));
}
