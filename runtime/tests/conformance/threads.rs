//! Threads: names, ids, results, scopes, parking; ten thousand of them; thread-locals and their destructors.
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::sync::{Arc, Mutex};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

static DROPS: AtomicUsize = AtomicUsize::new(0);
static MADE: AtomicUsize = AtomicUsize::new(0);

struct Counted(&'static str);

impl Drop for Counted {
    fn drop(&mut self) {
        DROPS.fetch_add(1, SeqCst);
        if !self.0.is_empty() {
            println!("drop {}", self.0);
        }
    }
}

thread_local! {
    static LAZY: Counted = { MADE.fetch_add(1, SeqCst); Counted("") };
    static EAGER: Counted = const { Counted("") };
    static PLAIN: Cell<u32> = const { Cell::new(5) };
    pub(crate) static TEXT: RefCell<String> = RefCell::new("start".into());
    /// Its destructor makes another variable.
    static FIRST: Touch = Touch;
    static SECOND: Counted = Counted("second, made by a destructor");
    static NAMED: Counted = Counted("main's own");
}

thread_local!(static ALONE: i8 = -1);

struct Touch;

impl Drop for Touch {
    fn drop(&mut self) {
        SECOND.with(|second| println!("touched {}", second.0));
        println!("own variable: {:?}", FIRST.try_with(|_| ()));
    }
}

fn memory_maps() -> usize {
    std::fs::read_to_string("/proc/self/maps").unwrap().lines().count()
}

fn main() {
    println!("{:?} {:?}", thread::current().name(), thread::current().id());
    let named = Builder::new().name("worker".into()).stack_size(64 * 1024).spawn(|| {
        let comm = std::fs::read_to_string("/proc/thread-self/comm").unwrap();
        (thread::current().name().map(str::to_owned), comm, thread::current().id())
    });
    let named = named.unwrap();
    let id = named.thread().id();
    println!("{:?} {:?}", named, named.thread().name());
    let (name, comm, own_id) = named.join().unwrap();
    println!("{name:?} {comm:?} {}", own_id == id);
    println!("{:?}", thread::spawn(|| thread::current().name().map(str::to_owned)).join().unwrap());

    let mut ids = HashSet::new();
    let before = {
        thread::spawn(|| ()).join().unwrap();
        memory_maps()
    };
    let mut sum = 0u64;
    for group in 0..100 {
        let threads: Vec<_> = (0..100)
            .map(|n| {
                thread::spawn(move || {
                    LAZY.with(|_| ());
                    EAGER.with(|_| ());
                    PLAIN.set(PLAIN.get() + 1);
                    (u64::from(PLAIN.get()), group * 100 + n)
                })
            })
            .collect();
        for t in threads {
            assert!(ids.insert(t.thread().id()));
            let (plain, n) = t.join().unwrap();
            assert_eq!(plain, 6);
            sum += n;
        }
    }
    println!("{sum} {} {} {}", ids.len(), MADE.load(SeqCst), DROPS.load(SeqCst));
    let after = memory_maps();
    println!("memory came back: {}", after <= before + 300);

    let finished = Arc::new(AtomicUsize::new(0));
    for _ in 0..1000 {
        let finished = finished.clone();
        drop(thread::spawn(move || finished.fetch_add(1, SeqCst)));
    }
    while finished.load(SeqCst) < 1000 {
        thread::yield_now();
    }
    println!("detached all ran");

    let mut data = vec![1, 2, 3];
    let mut total = 0;
    let answer = thread::scope(|s| {
        let sum = s.spawn(|| data.iter().sum::<i32>());
        let max = Builder::new().name("max".into()).spawn_scoped(s, || data.iter().max()).unwrap();
        println!("{:?}", max.thread().name());
        println!("{:?}", max.join().unwrap());
        total += sum.join().unwrap();
        s.spawn(|| s.spawn(|| thread::sleep(Duration::from_millis(10))));
        "scope's result"
    });
    data.push(total);
    println!("{answer} {data:?}");

    let parked = thread::spawn(|| {
        thread::park();
        let start = Instant::now();
        thread::park_timeout(Duration::from_millis(20));
        start.elapsed() >= Duration::from_millis(20)
    });
    parked.thread().unpark();
    println!("{}", parked.join().unwrap());
    thread::current().unpark();
    thread::park();
    println!("token kept");
    let start = Instant::now();
    thread::sleep(Duration::from_millis(25));
    println!("{}", start.elapsed() >= Duration::from_millis(25));
    println!("{} {}", thread::available_parallelism().unwrap().get() >= 1, thread::panicking());

    let handle = thread::spawn(|| ());
    while !handle.is_finished() {
        thread::yield_now();
    }
    println!("{:?}", handle.join());

    println!("{} {:?}", ALONE.with(|x| *x), ALONE);
    TEXT.with_borrow_mut(|text| text.push('!'));
    println!("{} {}", TEXT.with_borrow(|text| text.clone()), TEXT.replace("new".into()));
    println!("{} {:?}", TEXT.take(), TEXT.take());
    TEXT.set("set".into());
    println!("{} {}", TEXT.take(), PLAIN.replace(9));
    println!("{}", PLAIN.take());
    thread::spawn(|| FIRST.with(|_| println!("in use"))).join().unwrap();

    let log = Arc::new(Mutex::new(Vec::new()));
    let shared = log.clone();
    thread::Builder::new().spawn(move || shared.lock().unwrap().push(1)).unwrap().join().unwrap();
    println!("{:?} {}", log.lock().unwrap(), Arc::strong_count(&log));
    println!("{:?}", Builder::new());
    NAMED.with(|_| ());
}
