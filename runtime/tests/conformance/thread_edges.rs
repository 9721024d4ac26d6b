//! Threads, locals, locks, channels and clocks at their edges.
// panic: unwind
use std::cell::*;
use std::collections::*;
use std::io;
use std::panic;
use std::sync::atomic::*;
use std::sync::*;
use std::thread;
use std::time::*;
fn said<T: std::fmt::Debug>(r: T) {
    println!("{r:?}")
}

pub fn names_and_builders() {
    for n in ["", "short", "exactly fifteen", "more than fifteen bytes", "ünïcödé names here"] {
        thread::Builder::new()
            .name(n.into())
            .spawn(|| {
                println!("{:?} {:?}", thread::current().name(), std::fs::read_to_string("/proc/thread-self/comm"))
            })
            .unwrap()
            .join()
            .unwrap();
    }
    said(
        panic::catch_unwind(|| {
            thread::Builder::new().name("a\0b".into()).spawn(|| ()).map(|h| h.join().is_ok()).map_err(|e| e.to_string())
        })
        .map_err(|e| e.downcast_ref::<&str>().map(|s| s.to_string()).or(e.downcast_ref::<String>().cloned())),
    );
    for size in [0, 1, 4096, 10_000, 1 << 20, 64 << 20] {
        thread::Builder::new()
            .stack_size(size)
            .spawn(|| {
                let a = [1u8; 2000];
                std::hint::black_box(&a);
            })
            .unwrap()
            .join()
            .unwrap();
    }
    said(thread::Builder::new().stack_size(usize::MAX / 2).spawn(|| ()).map(drop).map_err(|e| e.kind()));
    println!(
        "{:?} {:?}",
        thread::current().name(),
        thread::spawn(|| thread::current().name().map(String::from)).join().unwrap()
    );
    println!("{:?}", thread::Builder::new().name("x".into()).stack_size(5));
    let t = thread::Builder::new().name("waiter".into()).spawn(|| thread::park()).unwrap();
    let s = format!("{:?}", t.thread());
    println!("{}", s.replace(|c: char| c.is_ascii_digit(), "#"));
    println!("{}", t.is_finished());
    t.thread().unpark();
    said(t.join());
}
// run: RUST_MIN_STACK=100000 $P; RUST_MIN_STACK=x $P; RUST_MIN_STACK=67108864 $P
pub fn least_stack() {
    said(
        thread::spawn(|| {
            fn deep(n: u32) -> u32 {
                let a = [n; 100];
                if n == 0 { 0 } else { std::hint::black_box(a)[5] + deep(n - 1) - n + 1 }
            }
            deep(if std::env::var("RUST_MIN_STACK").unwrap().len() > 6 { 20000 } else { 50 })
        })
        .join()
        .ok(),
    );
}
pub fn scopes_and_panics() {
    panic::set_hook(Box::new(|i| {
        println!("hook: {:?} {:?}", thread::current().name(), i.payload().downcast_ref::<&str>())
    }));
    let r = panic::catch_unwind(|| {
        thread::scope(|s| {
            s.spawn(|| panic!("one"));
            s.spawn(|| 5).join().unwrap()
        })
    });
    said(r.map_err(|e| e.downcast_ref::<&str>().map(|s| s.to_string())));
    let r = panic::catch_unwind(|| {
        thread::scope(|s| {
            let h = s.spawn(|| panic!("two"));
            let r: Result<(), _> = h.join();
            r.is_err()
        })
    });
    said(r.map_err(|_| ()));
    let r = panic::catch_unwind(|| {
        thread::scope(|s| {
            s.spawn(|| thread::sleep(Duration::from_millis(50)));
            panic!("three")
        })
    });
    said(r.map_err(|e: Box<dyn std::any::Any + Send>| e.downcast_ref::<&str>().map(|s| s.to_string())).map(|()| ()));
    let mut v = vec![1, 2, 3];
    thread::scope(|s| {
        for x in &mut v {
            s.spawn(move || *x *= 2);
        }
    });
    said(v);
    let n = thread::scope(|s| {
        let h = s.spawn(|| s.spawn(|| 7).join().unwrap() + 1);
        h.join().unwrap()
    });
    said(n);
    let b = thread::scope(|s| {
        thread::Builder::new()
            .name("scoped".into())
            .spawn_scoped(s, || thread::current().name().map(String::from))
            .unwrap()
            .join()
            .unwrap()
    });
    said(b);
    let r = thread::spawn(|| -> () { panic::resume_unwind(Box::new(42)) }).join();
    said(r.unwrap_err().downcast_ref::<i32>());
    let r = thread::spawn(|| -> () { panic::panic_any(String::from("any")) }).join();
    said(r.unwrap_err().downcast_ref::<String>());
}
struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) {
        println!("drop {} {:?}", self.0, thread::panicking());
    }
}
thread_local! {
    static A: Noisy = const { Noisy("A") };
    static B: Noisy = { A.with(|_| ()); Noisy("B") };
    static C: RefCell<Vec<Noisy>> = RefCell::new(vec![Noisy("C1"), Noisy("C2")]);
    static D: Reach = Reach;
    static E: Cell<u32> = const { Cell::new(1) };
    static F: Once = Once::new();
}
struct Reach;
impl Drop for Reach {
    fn drop(&mut self) {
        println!(
            "E {:?} B {:?} C {:?} D {:?}",
            E.try_with(|e| e.replace(9)),
            B.try_with(|b| b.0).map_err(|e| e.to_string()),
            C.try_with(|c| c.borrow().len()).map_err(|e| format!("{e:?}")),
            D.try_with(|_| ()).map_err(|e| e.to_string())
        );
        println!("{:?}", panic::catch_unwind(|| D.with(|_| ())).map_err(|e| e.downcast_ref::<String>().cloned()));
    }
}
pub fn locals() {
    thread::spawn(|| {
        B.with(|_| ());
        C.with(|_| ());
        D.with(|_| ());
        E.set(5);
        println!("{}", E.get());
    })
    .join()
    .unwrap();
    thread::spawn(|| {
        D.with(|_| ());
        C.with_borrow_mut(|c| {
            c.pop();
        });
    })
    .join()
    .unwrap();
    let _ = thread::spawn(|| {
        B.with(|_| ());
        panic!("with locals")
    })
    .join();
    println!("{:?} {:?}", E.take(), E.replace(4));
    println!("{:?}", panic::catch_unwind(|| C.with_borrow(|_| C.with_borrow_mut(|_| ()))).is_err());
    thread_local!(static LATE: Cell<u32> = panic!("initialiser"));
    println!("{:?}", panic::catch_unwind(|| LATE.get()).is_err());
    println!("{:?}", panic::catch_unwind(|| LATE.set(3)).is_ok());
    println!("{}", LATE.get());
    thread_local!(static RECURSIVE: u32 = { if E.get() < 100 { E.set(E.get() + 100); RECURSIVE.with(|r| *r) + 1 } else { 5 } });
    println!("{:?}", panic::catch_unwind(|| RECURSIVE.with(|r| *r)).map_err(|_| ()));
}
pub fn poisoning_everywhere() {
    panic::set_hook(Box::new(|_| ()));
    let m = Mutex::new(1);
    let _ = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        let _g = m.lock().unwrap();
        panic!()
    }));
    println!("{:?}", m.lock());
    println!("{:?}", m.try_lock());
    println!("{} {}", m.is_poisoned(), m.lock().unwrap_err());
    println!("{:?}", m.lock().unwrap_err().into_inner());
    println!("{m:?}");
    m.clear_poison();
    println!("{m:?}");
    let g = m.lock().unwrap();
    println!("{m:?} {g:?} {g}");
    println!("{:?}", m.try_lock().map(|_| ()).map_err(|e| e.to_string()));
    drop(g);
    let r = RwLock::new(String::from("s"));
    let _ = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        let _g = r.read().unwrap();
        panic!()
    }));
    println!("{:?}", r);
    let _ = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        let _g = r.write().unwrap();
        panic!()
    }));
    println!("{:?} {:?} {:?}", r, r.read().is_err(), r.try_write().map(|_| ()).map_err(|e| e.to_string()));
    println!("{:?}", r.into_inner().map_err(|e| (e.to_string(), e.into_inner())));
    let o = Once::new();
    let _ = panic::catch_unwind(panic::AssertUnwindSafe(|| o.call_once(|| panic!())));
    println!("{:?} {}", o, o.is_completed());
    println!(
        "{:?}",
        panic::catch_unwind(panic::AssertUnwindSafe(|| o.call_once(|| ())))
            .map_err(|e| e.downcast_ref::<&str>().map(|s| s.to_string()).or(e.downcast_ref::<String>().cloned()))
    );
    o.call_once_force(|s| println!("{:?} {}", s, s.is_poisoned()));
    println!("{:?}", o);
    let l: LazyLock<u32> = LazyLock::new(|| panic!("lazy"));
    for _ in 0..2 {
        println!(
            "{:?}",
            panic::catch_unwind(panic::AssertUnwindSafe(|| *l))
                .map_err(|e| e.downcast_ref::<&str>().map(|s| s.to_string()).or(e.downcast_ref::<String>().cloned()))
        );
    }
    println!("{:?}", l);
    let c: OnceLock<u32> = OnceLock::new();
    println!("{:?}", panic::catch_unwind(panic::AssertUnwindSafe(|| c.get_or_init(|| panic!()))).is_err());
    println!("{:?} {:?} {:?} {:?}", c, c.set(4), c.set(5), c);
    let (m, cv) = (Mutex::new(0), Condvar::new());
    println!("{:?} {:?}", cv, cv.wait_timeout(m.lock().unwrap(), Duration::from_millis(5)).map(|(g, t)| (*g, t)));
    println!(
        "{:?}",
        cv.wait_timeout_while(m.lock().unwrap(), Duration::from_millis(5), |x| {
            *x += 1;
            *x < 3
        })
        .map(|(g, t)| (*g, t.timed_out()))
    );
    println!("{:?}", cv.wait_while(m.lock().unwrap(), |x| *x < 1).map(|g| *g));
    let b = Barrier::new(0);
    println!("{:?} {:?}", b, b.wait());
    println!("{:?}", Barrier::new(1).wait().is_leader());
}
pub fn channels() {
    use mpsc::*;
    let (t, r) = channel::<i32>();
    println!("{t:?} {r:?}");
    println!("{:?} {:?} {:?}", r.try_recv(), r.recv_timeout(Duration::from_millis(1)), r.recv_timeout(Duration::ZERO));
    t.send(1).unwrap();
    drop(t);
    println!("{:?} {:?} {:?} {:?}", r.recv(), r.recv(), r.try_recv(), r.recv_timeout(Duration::from_secs(9)));
    let (t, r) = channel::<i32>();
    drop(r);
    println!("{:?} {}", t.send(3), t.send(3).unwrap_err());
    let (t, r) = sync_channel::<i32>(0);
    println!("{t:?} {:?} {:?}", t.try_send(1), r.try_recv());
    let h = thread::spawn(move || t.send(9));
    println!("{:?} {:?}", r.recv(), h.join().unwrap());
    let (t, r) = sync_channel::<i32>(2);
    println!("{:?} {:?} {:?}", t.try_send(1), t.try_send(2), t.try_send(3));
    drop(r);
    println!("{:?} {}", t.try_send(4), t.try_send(4).unwrap_err());
    println!("{:?}", t.send(5));
    let (t, r) = sync_channel::<i32>(1);
    t.send(1).unwrap();
    let h = thread::spawn(move || t.send(2));
    thread::sleep(Duration::from_millis(20));
    drop(r);
    println!("{:?}", h.join().unwrap());
    let (t, r) = channel();
    for i in 0..100 {
        t.send(i).unwrap();
    }
    println!("{} {:?}", r.try_iter().count(), r.iter().take(0).count());
    let t2 = t.clone();
    drop(t);
    t2.send(7).unwrap();
    drop(t2);
    println!("{:?}", r.into_iter().collect::<Vec<_>>());
    let e: Box<dyn std::error::Error> = Box::new(RecvTimeoutError::Timeout);
    println!(
        "{e} {} {} {} {:?}",
        RecvTimeoutError::Disconnected,
        TryRecvError::Empty,
        TryRecvError::Disconnected,
        TrySendError::from(SendError(1))
    );
    println!("{:?} {}", RecvTimeoutError::from(RecvError), RecvError);
}
pub fn times() {
    let i = Instant::now();
    println!(
        "{:?} {:?} {:?}",
        i.checked_add(Duration::MAX),
        i.checked_sub(Duration::MAX),
        i.checked_duration_since(i + Duration::from_secs(1))
    );
    println!(
        "{:?} {:?}",
        i.duration_since(i + Duration::from_secs(1)),
        i.saturating_duration_since(i + Duration::from_secs(1))
    );
    println!("{:?}", (i + Duration::new(1, 5)) - i);
    println!("{:?}", panic::catch_unwind(|| i + Duration::MAX).is_err());
    println!("{:?}", panic::catch_unwind(|| i - Duration::MAX).is_err());
    let e = SystemTime::UNIX_EPOCH;
    println!("{:?} {:?} {:?}", e, e + Duration::new(1, 999_999_999), e - Duration::new(0, 1));
    println!(
        "{:?} {:?}",
        e.duration_since(e + Duration::new(3, 4)),
        e.duration_since(e + Duration::new(3, 4)).unwrap_err()
    );
    println!(
        "{} {:?}",
        e.duration_since(e + Duration::new(3, 4)).unwrap_err(),
        e.duration_since(e + Duration::new(3, 4)).unwrap_err().duration()
    );
    println!(
        "{:?} {:?} {:?}",
        e.checked_add(Duration::from_secs(i64::MAX as u64)),
        e.checked_add(Duration::from_secs(i64::MAX as u64 + 1)),
        e.checked_sub(Duration::from_secs(i64::MAX as u64 + 1))
    );
    println!("{:?}", e.checked_sub(Duration::new(i64::MAX as u64 + 1, 1)));
    println!(
        "{:?} {:?}",
        panic::catch_unwind(|| e + Duration::MAX).map_err(|e| e.downcast_ref::<&str>().map(|s| s.to_string())),
        panic::catch_unwind(|| e - Duration::MAX).map_err(|e| e.downcast_ref::<&str>().map(|s| s.to_string()))
    );
    let t = Instant::now();
    thread::sleep(Duration::ZERO);
    thread::sleep(Duration::from_nanos(1));
    thread::park_timeout(Duration::from_millis(3));
    println!("{}", t.elapsed() < Duration::from_secs(5));
    println!("{:?}", thread::available_parallelism().is_ok());
    let m: HashMap<i32, i32> = HashMap::from([(1, 2)]);
    println!("{m:?}");
}
