//! Locks, once-cells, barriers and condition variables: results, texts, and sums under contention.
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::sync::*;
use std::thread;
use std::time::{Duration, Instant};

static ONCE: Once = Once::new();
static CELL: OnceLock<String> = OnceLock::new();
static LAZY: LazyLock<Vec<u32>> = LazyLock::new(|| {
    println!("made once");
    vec![1, 2, 3]
});

fn mutex() {
    let m = Arc::new(Mutex::new(0u64));
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let m = m.clone();
            thread::spawn(move || {
                for _ in 0..20_000 {
                    *m.lock().unwrap() += 1;
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().unwrap());
    println!("{:?} {}", m, m.lock().unwrap());
    let guard = m.lock().unwrap();
    println!("{:?} {:?} {}", m, guard, guard);
    println!("{:?} {}", m.try_lock().map(|_| ()), m.try_lock().unwrap_err());
    drop(guard);
    println!("{:?}", m.try_lock().map(|g| *g));
    println!("{} {:?}", m.is_poisoned(), Arc::try_unwrap(m).unwrap().into_inner());
    let mut m = Mutex::from(5);
    *m.get_mut().unwrap() = 6;
    println!("{m:?} {:?}", Mutex::<String>::default());
    let unsized_: &Mutex<[i32]> = &Mutex::new([1, 2, 3]);
    println!("{}", unsized_.lock().unwrap().len());
}

fn rwlock() {
    let l = RwLock::new(vec![0u32; 4]);
    thread::scope(|s| {
        for w in 0..4 {
            let l = &l;
            s.spawn(move || {
                for _ in 0..5_000 {
                    l.write().unwrap()[w] += 1;
                }
            });
        }
        for _ in 0..4 {
            s.spawn(|| {
                let mut last = 0;
                for _ in 0..5_000 {
                    let sum: u32 = l.read().unwrap().iter().sum();
                    assert!(sum >= last);
                    last = sum;
                }
            });
        }
    });
    println!("{l:?}");
    let first = l.read().unwrap();
    let second = l.try_read().unwrap();
    println!("{:?} {:?}", first, l.try_write().is_err());
    drop((first, second));
    let mut writer = l.try_write().unwrap();
    writer.push(9);
    println!("{:?} {:?} {}", l, l.try_read().map(|_| ()), l.try_write().unwrap_err());
    let reader = RwLockWriteGuard::downgrade(writer);
    println!("{:?} {:?}", reader, l.try_read().unwrap());
    drop(reader);
    println!("{:?} {:?}", RwLock::from(1), l.into_inner().unwrap());
}

fn condvar() {
    let pair = Arc::new((Mutex::new(0u32), Condvar::new()));
    let other = pair.clone();
    const ROUNDS: u32 = 10_000;
    let pong = thread::spawn(move || {
        let (m, c) = &*other;
        let mut n = m.lock().unwrap();
        while *n < 2 * ROUNDS {
            n = c.wait_while(n, |n| *n % 2 == 0 && *n < 2 * ROUNDS).unwrap();
            *n += 1;
            c.notify_one();
        }
    });
    let (m, c) = &*pair;
    let mut n = m.lock().unwrap();
    while *n < 2 * ROUNDS {
        *n += 1;
        c.notify_one();
        n = c.wait_while(n, |n| *n % 2 == 1).unwrap();
    }
    drop(n);
    c.notify_all();
    pong.join().unwrap();
    println!("{:?} {:?}", c, m.lock().unwrap().min(2 * ROUNDS));
    let start = Instant::now();
    let (guard, result) = c.wait_timeout(m.lock().unwrap(), Duration::from_millis(30)).unwrap();
    println!("{:?} {} {}", result, result.timed_out(), start.elapsed() >= Duration::from_millis(30));
    let (_guard, result) = c.wait_timeout_while(guard, Duration::from_millis(20), |_| true).unwrap();
    println!("{}", result.timed_out());
}

fn once() {
    let runs = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..8 {
            s.spawn(|| {
                ONCE.call_once(|| {
                    thread::sleep(Duration::from_millis(20));
                    runs.fetch_add(1, SeqCst);
                });
                assert!(ONCE.is_completed());
                assert_eq!(runs.load(SeqCst), 1);
            });
        }
        s.spawn(|| ONCE.wait());
        let waiter = s.spawn(|| CELL.wait());
        thread::sleep(Duration::from_millis(5));
        println!("{:?} {:?}", CELL, CELL.get());
        println!("{:?} {:?}", CELL.set("value".into()), CELL.set("other".into()));
        println!("{:?}", waiter.join().unwrap());
    });
    println!("{:?} {:?} {:?}", ONCE, CELL, CELL.get_or_init(|| unreachable!()));
    Once::new().call_once_force(|state| println!("{:?} {}", state, state.is_poisoned()));
    println!("{:?} {:?}", LAZY, LazyLock::get(&LAZY));
    println!("{} {:?}", LAZY.len(), LAZY);
    let mut lazy = LazyLock::new(|| 3);
    *LazyLock::force_mut(&mut lazy) += 1;
    println!("{}", *lazy);
    println!("{:?}", LazyLock::get_mut(&mut lazy));
    let mut cell = OnceLock::from(4);
    println!("{:?}", cell.get_mut());
    println!("{:?}", cell.clone());
    println!("{:?}", cell.take());
    println!("{cell:?}");
    println!("{:?} {}", OnceLock::<i32>::new().into_inner(), OnceLock::from(1) == OnceLock::from(1));
    let never: LazyLock<String, _> = LazyLock::new(|| -> String { unreachable!() });
    drop(never);
}

fn barrier() {
    let barrier = Barrier::new(4);
    let leaders = AtomicUsize::new(0);
    let arrived = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| {
                for round in 1..=50 {
                    arrived.fetch_add(1, SeqCst);
                    if barrier.wait().is_leader() {
                        leaders.fetch_add(1, SeqCst);
                    }
                    assert!(arrived.load(SeqCst) >= 4 * round);
                    barrier.wait();
                }
            });
        }
    });
    println!("{:?} {} {:?}", barrier, leaders.load(SeqCst), Barrier::new(1).wait());
}

fn main() {
    mutex();
    rwlock();
    condvar();
    once();
    barrier();
    println!("{:?} {}", PoisonError::new(1), PoisonError::new(1));
    println!("{} {:?}", PoisonError::new(7).into_inner(), TryLockError::from(PoisonError::new(())));
    println!("{}", TryLockError::<()>::WouldBlock);
}
