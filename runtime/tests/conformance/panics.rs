//! What panics say, kind by kind, and what catching them gives.
// panic: unwind
use std::cell::RefCell;
use std::collections::*;
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, RwLock};

/// Runs a function that panics; prints the payload's text.
fn expect<R>(f: impl FnOnce() -> R) {
    let Err(payload) = catch_unwind(AssertUnwindSafe(f)) else { return println!("no panic") };
    match payload.downcast::<String>() {
        Ok(text) => println!("String {text}"),
        Err(payload) => println!("{:?}", payload.downcast::<&str>()),
    }
}

fn n(value: usize) -> usize {
    black_box(value)
}

pub fn indexing() {
    let (array, vec, text) = ([1, 2, 3], vec![1, 2, 3], "añb");
    expect(|| array[n(3)]);
    expect(|| vec[n(7)]);
    expect(|| vec![0u8; 0][n(0)]);
    expect(|| array[n(2)..n(1)].len());
    expect(|| array[..n(4)].len());
    expect(|| array[n(4)..].len());
    expect(|| array[n(1)..=n(3)].len());
    expect(|| array[..=n(usize::MAX)].len());
    expect(|| array[(std::ops::Bound::Excluded(n(usize::MAX)), std::ops::Bound::Unbounded)].len());
    expect(|| text[n(2)..].len());
    expect(|| text[..n(9)].len());
    expect(|| text[n(3)..n(2)].len());
    expect(|| text[..n(2)].len());
    expect(|| "é".repeat(200)[n(1)..].len());
    expect(|| VecDeque::from([1])[n(1)]);
    expect(|| BTreeMap::from([(1, 2)])[&n(5)]);
    expect(|| HashMap::from([(1, 2)])[&n(5)]);
    expect(|| text.split_at(n(2)).0.len());
    expect(|| array.split_at(n(4)).0.len());
    expect(|| array.chunks(n(0)).count());
    expect(|| array.windows(n(0)).count());
    expect(|| array.chunks_exact(n(0)).count());
    expect(|| array.rchunks(n(0)).count());
    expect(|| [1, 2].copy_from_slice(&vec));
    expect(|| [1, 2].clone_from_slice(&vec));
    expect(|| [1, 2, 3].copy_within(n(2).., n(2)));
    expect(|| [1, 2].swap(n(0), n(5)));
    expect(|| [1, 2].rotate_left(n(3)));
    expect(|| [1, 2].rotate_right(n(3)));
    expect(|| [1, 2].select_nth_unstable(n(2)).1.to_owned());
    expect(|| [1, 2].swap_with_slice(&mut [1]));
}

pub fn vectors_and_strings() {
    expect(|| Vec::<i32>::new().remove(n(0)));
    expect(|| Vec::<i32>::new().swap_remove(n(0)));
    expect(|| Vec::new().insert(n(1), 0));
    expect(|| vec![1].split_off(n(2)));
    expect(|| vec![1].drain(n(2)..).count());
    expect(|| vec![1].drain(n(1)..n(0)).count());
    expect(|| vec![1].splice(n(2).., []).count());
    expect(|| vec![1].extend_from_within(n(2)..));
    expect(|| String::from("é").remove(n(1)));
    expect(|| String::from("é").remove(n(2)));
    expect(|| String::from("é").insert(n(1), 'x'));
    expect(|| String::from("é").insert_str(n(1), "x"));
    expect(|| String::from("é").truncate(n(1)));
    expect(|| String::from("é").split_off(n(1)));
    expect(|| String::from("é").drain(n(1)..).count());
    expect(|| String::from("é").replace_range(n(1).., ""));
    expect(|| Vec::<u8>::with_capacity(n(usize::MAX)).len());
    expect(|| vec![1u64; n(usize::MAX)].len());
    expect(|| "ab".repeat(n(usize::MAX)).len());
    expect(|| [1u8].repeat(n(usize::MAX)).len().min([1u16, 2].repeat(n(usize::MAX)).len()));
    expect(|| Vec::<u8>::new().reserve(n(usize::MAX)));
    expect(|| VecDeque::<u8>::new().reserve(n(usize::MAX)));
    expect(|| VecDeque::from([1]).swap(n(0), n(1)));
    expect(|| VecDeque::from([1]).insert(n(2), 0));
    expect(|| VecDeque::from([1]).split_off(n(2)));
    expect(|| VecDeque::from([1]).rotate_left(n(2)));
    expect(|| LinkedList::from([1]).split_off(n(2)));
    expect(|| BTreeSet::from([1]).range(n(3)..n(2)).count());
    expect(|| {
        BTreeMap::from([(1, 1)]).range((std::ops::Bound::Excluded(n(1)), std::ops::Bound::Excluded(n(1)))).count()
    });
    expect(|| HashMap::<u8, u8>::with_capacity(n(usize::MAX)).len());
    expect(|| HashMap::<u64, u64>::new().reserve(n(usize::MAX)));
    expect(|| HashSet::<u64>::new().reserve(n(usize::MAX)));
    expect(|| HashSet::<u64>::with_capacity(n(usize::MAX)).len());
}

pub fn unwrapping() {
    expect(|| Option::<i32>::None.unwrap());
    expect(|| Option::<i32>::None.expect("said so"));
    expect(|| Err::<i32, _>("bad").unwrap());
    expect(|| Err::<i32, _>(std::io::Error::from_raw_os_error(2)).expect("opening"));
    expect(|| Ok::<_, i32>("fine").unwrap_err());
    expect(|| Ok::<_, i32>(vec![1]).expect_err("wanted an error"));
    expect(|| unreachable!());
    expect(|| unreachable!("with {}", 1));
    expect(|| todo!());
    expect(|| todo!("later {}", 2));
    expect(|| unimplemented!());
    expect(|| unimplemented!("never {x}", x = 3));
    expect(|| panic!());
    expect(|| panic!("literal"));
    expect(|| panic!("{{}}"));
    expect(|| panic!("{}", "formatted"));
    expect(|| panic!("two\nlines"));
    expect(|| panic!("{}", String::from("é").repeat(600)));
    expect(|| assert!(n(1) == 2));
    expect(|| assert!(n(1) == 2, "because {}", 1));
    expect(|| assert_eq!(n(1), 2));
    expect(|| assert_eq!(n(1), 2, "numbers {}", "differ"));
    expect(|| assert_ne!(n(1), 1));
    expect(|| assert_ne!("a", "a", "texts"));
    expect(|| assert!(matches!(Some(n(1)), None)));
    expect(|| std::panic::panic_any(7));
    expect(|| std::panic::panic_any("str"));
    expect(|| std::panic::panic_any(String::from("String")));
    expect(|| std::panic::resume_unwind(Box::new("quiet")));
}

pub fn arithmetic() {
    expect(|| n(1) / n(0));
    expect(|| n(1) % n(0));
    expect(|| (n(0) as i32 + i32::MIN) / -(n(1) as i32));
    expect(|| (n(0) as i64 + i64::MIN) % -(n(1) as i64));
    expect(|| (n(5) as i32).div_euclid(n(0) as i32));
    expect(|| (n(5) as i32).rem_euclid(n(0) as i32));
    expect(|| n(5).next_multiple_of(n(0)));
    expect(|| n(5).div_ceil(n(0)));
    expect(|| n(5).ilog(n(1)));
    expect(|| n(0).ilog2());
    expect(|| n(0).ilog10());
    expect(|| (n(1) as i32 - 3).isqrt());
    expect(|| n(5).clamp(n(3), n(2)));
    expect(|| 1f64.clamp(2.0, black_box(1.0)));
    expect(|| 1f64.clamp(black_box(f64::NAN), 1.0));
    expect(|| i32::from_str_radix("1", n(37) as u32));
    expect(|| 'a'.to_digit(n(37) as u32));
    expect(|| char::from_digit(1, n(37) as u32));
    expect(|| std::iter::repeat(1).step_by(n(0)).next());
    expect(|| i32::strict_add(i32::MAX, 1));
    expect(|| std::time::Duration::from_secs(1) - std::time::Duration::from_secs(2));
    expect(|| std::time::Duration::MAX + std::time::Duration::from_secs(2));
    expect(|| std::time::Duration::MAX * 2);
    expect(|| std::time::Duration::MAX / (n(0) as u32));
    expect(|| std::time::Duration::from_secs_f64(-1.0));
    expect(|| std::time::Duration::from_secs_f32(f32::INFINITY));
    expect(|| std::time::Duration::new(u64::MAX, 1_000_000_000));
    expect(|| std::time::Duration::from_secs(1).mul_f64(-1.0));
    expect(|| std::time::Instant::now() - std::time::Duration::MAX);
    expect(|| std::time::Instant::now() + std::time::Duration::MAX);
    expect(|| std::time::SystemTime::now() + std::time::Duration::MAX);
    expect(|| std::time::SystemTime::now() - std::time::Duration::MAX);
    expect(|| {
        let mut at = std::time::SystemTime::now();
        at += std::time::Duration::MAX;
        at
    });
}

pub fn cells() {
    let cell = RefCell::new(1);
    let writing = cell.borrow_mut();
    expect(|| *cell.borrow());
    expect(|| *cell.borrow_mut());
    expect(|| cell.replace(3));
    expect(|| cell.take());
    drop(writing);
    let _reading = cell.borrow();
    expect(|| *cell.borrow_mut());
    expect(|| cell.swap(&RefCell::new(2)));
    let once = std::cell::OnceCell::new();
    expect(|| *once.get_or_init(|| *once.get_or_init(|| 1)));
    let lazy: std::cell::LazyCell<i32> = std::cell::LazyCell::new(|| panic!("in the function"));
    expect(|| *lazy);
    expect(|| *lazy);
    thread_local!(static SLOT: RefCell<i32> = const { RefCell::new(1) });
    SLOT.with_borrow(|_| expect(|| SLOT.set(2)));
    SLOT.with_borrow_mut(|_| expect(|| SLOT.take()));
    SLOT.with_borrow_mut(|_| expect(|| SLOT.with_borrow(|v| *v)));
}

pub fn poison() {
    let mutex = Mutex::new(1);
    expect(|| {
        let _guard = mutex.lock().unwrap();
        panic!("holding");
    });
    println!(
        "{} {mutex:?} {:?} {:?}",
        mutex.is_poisoned(),
        mutex.lock().map(|_| ()).map_err(|e| e.to_string()),
        mutex.try_lock()
    );
    expect(|| *mutex.lock().unwrap());
    expect(|| *mutex.try_lock().unwrap());
    mutex.clear_poison();
    println!("{} {:?}", mutex.is_poisoned(), mutex.lock());
    let lock = RwLock::new(2);
    expect(|| {
        let _guard = lock.read().unwrap();
        panic!("reading");
    });
    println!("{} {lock:?}", lock.is_poisoned());
    expect(|| {
        let _guard = lock.write().unwrap();
        panic!("writing");
    });
    println!("{} {lock:?} {:?} {:?}", lock.is_poisoned(), lock.try_read(), lock.try_write());
    expect(|| *lock.read().unwrap());
    expect(|| *lock.write().unwrap());
    println!("{:?}", lock.into_inner());
    let mutex = Mutex::new(3);
    expect(|| {
        let _guard = mutex.lock().unwrap();
        panic!("holding");
    });
    println!("{:?} {:?}", Mutex::get_mut(&mut Mutex::new(1)), mutex.into_inner());
}

pub fn once_and_lazy() {
    use std::sync::{LazyLock, Once, OnceLock};
    let once = Once::new();
    expect(|| once.call_once(|| panic!("first")));
    println!("{once:?} {}", once.is_completed());
    expect(|| once.call_once(|| ()));
    once.call_once_force(|state| println!("{state:?} {}", state.is_poisoned()));
    once.call_once(|| println!("not again"));
    once.wait();
    let lazy: LazyLock<i32> = LazyLock::new(|| panic!("lazy"));
    expect(|| *lazy);
    println!("{lazy:?}");
    expect(|| *lazy);
    let cell = OnceLock::new();
    expect(|| *cell.get_or_init(|| panic!("init")));
    println!("{cell:?} {} {cell:?}", cell.get_or_init(|| 5));
    let once = Once::new();
    expect(|| once.call_once(|| panic!("poisoned")));
    expect(|| once.wait());
    once.wait_force_after(|| ());
    trait WaitForceAfter {
        fn wait_force_after(&self, f: impl FnOnce());
    }
    impl WaitForceAfter for Once {
        fn wait_force_after(&self, f: impl FnOnce()) {
            self.call_once_force(|_| f());
            self.wait_force();
        }
    }
}

pub fn in_threads() {
    for name in [Some("worker"), Some("with space"), None] {
        let mut builder = std::thread::Builder::new();
        if let Some(name) = name {
            builder = builder.name(name.into());
        }
        let handle = builder.spawn(|| panic!("in a thread")).unwrap();
        println!("{:?}", handle.join().unwrap_err().downcast_ref::<&str>());
    }
    expect(|| std::thread::scope(|scope| drop(scope.spawn(|| panic!("scoped")))));
    let joined = std::thread::scope(|scope| scope.spawn(|| panic!("joined {}", 1)).join().unwrap_err());
    println!("{:?}", joined.downcast_ref::<String>());
    expect(|| std::thread::Builder::new().name("a\0b".into()).spawn(|| ()));
    let handle = std::thread::spawn(|| std::panic::resume_unwind(Box::new(5u8)));
    println!("{:?}", handle.join().unwrap_err().downcast_ref::<u8>());
}

pub fn while_unwinding() {
    struct Tell(&'static str);
    impl Drop for Tell {
        fn drop(&mut self) {
            println!("{} {}", self.0, std::thread::panicking());
        }
    }
    expect(|| {
        let _outer = Tell("outer");
        let _inner = Tell("inner");
        panic!("and unwinding");
    });
    struct Catching;
    impl Drop for Catching {
        fn drop(&mut self) {
            expect(|| panic!("inside of a destructor"));
        }
    }
    expect(|| {
        let _catching = Catching;
        panic!("outside");
    });
    println!("{}", std::thread::panicking());
    let mut values = vec![Tell("a"), Tell("b"), Tell("c")];
    expect(|| values.retain(|value| value.0 != "b" || panic!("while retaining")));
    println!("{}", values.len());
    expect(|| [3, 1, 2].sort_by(|_, _| panic!("while sorting")));
    expect(|| (0..3).map(|i| if i == 1 { panic!("while collecting") } else { Tell("item") }).collect::<Vec<_>>().len());
}

pub fn hooks() {
    std::panic::set_hook(Box::new(|info| {
        println!("hook {:?} {} {info}", info.payload_as_str(), info.location().unwrap().line());
        println!("{:?} {}", info.payload().is::<&str>(), std::thread::panicking());
    }));
    expect(|| panic!("literal"));
    expect(|| panic!("formatted {}", 1));
    expect(|| std::panic::panic_any(1));
    expect(|| None::<i32>.unwrap());
    expect(|| std::panic::set_hook(Box::new(|_| ())));
    std::thread::spawn(|| panic!("in a thread")).join().unwrap_err();
    drop(std::panic::take_hook());
    expect(|| panic!("the default again"));
    struct InDrop;
    impl Drop for InDrop {
        fn drop(&mut self) {
            expect(|| std::panic::set_hook(Box::new(|_| ())));
            expect(|| drop(std::panic::take_hook()));
        }
    }
    expect(|| {
        let _in_drop = InDrop;
        panic!("with a hook change")
    });
}

pub fn locations() {
    #[track_caller]
    fn tracked() -> &'static std::panic::Location<'static> {
        std::panic::Location::caller()
    }
    let here = tracked();
    println!("{} {:?} {}", here.line(), here.column(), here.file().ends_with("panics.rs"));
    #[track_caller]
    fn fail() {
        panic!("at the caller's place");
    }
    expect(fail);
    expect(|| fail());
    expect(|| [1, 2, 3].iter().for_each(|_| fail()));
}

// run: RUST_BACKTRACE=0 $P
pub fn backtrace_off() {
    expect(|| panic!("no advice"));
    expect(|| panic!("again"));
}

pub fn not_caught() {
    struct Tell;
    impl Drop for Tell {
        fn drop(&mut self) {
            println!("dropped");
        }
    }
    let _tell = Tell;
    print!("buffered");
    panic!("to the end");
}

pub fn twice() {
    struct Again;
    impl Drop for Again {
        fn drop(&mut self) {
            panic!("in a destructor");
        }
    }
    let _again = Again;
    panic!("first");
}

pub fn in_an_extern_function() {
    extern "C" fn callback() {
        panic!("across the border");
    }
    callback();
}

pub fn in_the_hook() {
    std::panic::set_hook(Box::new(|_| panic!("the hook's own")));
    panic!("first");
}

pub fn display_panics() {
    struct Bad;
    impl std::fmt::Display for Bad {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            panic!("in Display")
        }
    }
    panic!("{Bad}");
}

pub fn display_fails() {
    use std::io::Write;
    struct Failing;
    impl std::fmt::Display for Failing {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            Err(std::fmt::Error)
        }
    }
    expect(|| Failing.to_string());
    expect(|| format!("{Failing}"));
    expect(|| write!(Vec::new(), "{Failing}"));
    expect(|| println!("begun {Failing}"));
    expect(|| panic!("said {Failing}"));
}

pub fn payload_drop_panics() {
    struct Payload;
    impl Drop for Payload {
        fn drop(&mut self) {
            println!("payload dropped");
        }
    }
    drop(catch_unwind(|| std::panic::panic_any(Payload)));
    std::thread::spawn(|| std::panic::panic_any(Payload)).join().map(|_| ()).unwrap_err();
    println!("end");
    drop(std::thread::spawn(|| std::panic::panic_any(Payload)));
    std::thread::sleep(std::time::Duration::from_millis(100));
}

pub fn result_of_thread_panics_in_drop() {
    struct Bad;
    impl Drop for Bad {
        fn drop(&mut self) {
            panic!("dropping the result");
        }
    }
    let handle = std::thread::spawn(|| Bad);
    while !handle.is_finished() {
        std::thread::yield_now();
    }
    expect(|| drop(handle.join()));
    println!("after");
}

pub fn thread_local_destructor_panics() {
    struct Bad;
    impl Drop for Bad {
        fn drop(&mut self) {
            panic!("in a destructor of a thread-local");
        }
    }
    thread_local!(static SLOT: Bad = const { Bad });
    let _ = std::thread::spawn(|| SLOT.with(|_| ())).join();
    println!("not reached");
}
