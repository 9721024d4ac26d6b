//! How a process ends: status, what is flushed, which destructors run, what is said.
use std::cell::RefCell;
use std::io::Write;
use std::process::{ExitCode, Termination, abort, exit};

struct Tell(&'static str);
impl Drop for Tell {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

pub fn returns() {
    print!("no line feed");
}

pub fn unit_ok() -> Result<(), String> {
    Ok(())
}

pub fn text_error() -> Result<(), String> {
    print!("pending ");
    Err("quote \" and\nline".into())
}

pub fn boxed_error() -> Result<(), Box<dyn std::error::Error>> {
    let _tell = Tell("local");
    std::fs::read("none")?;
    Ok(())
}

pub fn io_error() -> std::io::Result<()> {
    Err(std::io::Error::other("deep"))
}

pub fn debug_error() -> Result<ExitCode, (i32, &'static str)> {
    Err((1, "two"))
}

pub fn code_in_result() -> Result<ExitCode, i32> {
    Ok(ExitCode::from(42))
}

pub fn exit_codes() -> ExitCode {
    println!("{:?} {:?} {:?}", ExitCode::SUCCESS, ExitCode::FAILURE, ExitCode::from(7));
    println!("{:?} {:?}", ExitCode::default(), ExitCode::from(7) == ExitCode::from(7));
    println!("{:?} {:?}", ().report(), Err::<(), _>("printed at once").report());
    255.into()
}

pub fn never() -> ! {
    exit(3)
}

pub fn exit_negative() {
    let _tell = Tell("never");
    print!("flushed");
    exit(-1)
}

pub fn exit_large() {
    exit(0x1234)
}

pub fn exit_in_a_thread() {
    thread_local!(static SLOT: Tell = const { Tell("of the thread") });
    std::thread::spawn(|| {
        SLOT.with(|_| ());
        print!("from the thread ");
        exit(5)
    })
    .join()
    .unwrap();
}

pub fn exit_while_another_prints() {
    std::thread::spawn(|| {
        loop {
            std::hint::black_box(format!("{}", 1));
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(5));
    println!("end");
}

pub fn exit_while_stdout_is_locked() {
    let mut lock = std::io::stdout().lock();
    write!(lock, "held back").unwrap();
    exit(6)
}

pub fn exit_while_a_thread_holds_stdout() {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut lock = std::io::stdout().lock();
        write!(lock, "never seen").unwrap();
        sender.send(()).unwrap();
        std::thread::sleep(std::time::Duration::from_secs(60));
    });
    receiver.recv().unwrap();
    exit(7)
}

pub fn main_ends_while_threads_run() {
    for _ in 0..3 {
        std::thread::spawn(|| std::thread::sleep(std::time::Duration::from_secs(60)));
    }
    println!("main is done");
}

pub fn locals_of_main_thread() {
    thread_local! {
        static FIRST: Tell = const { Tell("first") };
        static SECOND: RefCell<Tell> = RefCell::new(Tell("second"));
        static NEVER: Tell = const { Tell("never used") };
    }
    SECOND.with(|_| ());
    FIRST.with(|_| ());
    println!("end of main");
}

pub fn locals_at_exit() {
    thread_local!(static SLOT: Tell = const { Tell("by exit") });
    SLOT.with(|_| ());
    print!("before ");
    exit(8)
}

pub fn locals_that_make_others() {
    struct Chain(u32);
    impl Drop for Chain {
        fn drop(&mut self) {
            println!("chain {}", self.0);
            if self.0 == 0 {
                SECOND.with(|_| ());
            }
            println!("{:?} {:?}", FIRST.try_with(|_| ()).is_err(), SECOND.try_with(|second| second.0));
        }
    }
    thread_local! {
        static FIRST: Chain = const { Chain(0) };
        static SECOND: Chain = const { Chain(1) };
    }
    std::thread::spawn(|| FIRST.with(|_| ())).join().unwrap();
    FIRST.with(|_| ());
}

pub fn exit_in_a_destructor() {
    struct Exits;
    impl Drop for Exits {
        fn drop(&mut self) {
            println!("exiting");
            exit(9)
        }
    }
    let _exits = Exits;
}

// run: (trap '' ABRT; $P) 2>&1
pub fn abort_when_ignored() {
    print!("lost");
    abort()
}

pub fn abort_in_a_thread() {
    println!("line");
    print!("lost");
    std::thread::spawn(|| abort()).join().unwrap();
}

pub fn panics_in_main() {
    let _tell = Tell("only where panics unwind");
    std::mem::forget(_tell);
    print!("flushed ");
    eprint!("unbuffered ");
    panic!("the end");
}

pub fn panics_in_main_with_status_of_the_hook() {
    std::panic::set_hook(Box::new(|info| {
        println!("{info}");
        exit(77)
    }));
    panic!("with a hook");
}

// run: RUST_BACKTRACE=0 $P
pub fn panics_without_advice() {
    panic!("no advice");
}

// run: exec 2>&-; $P
pub fn panics_with_closed_stderr() {
    println!("before");
    panic!("not seen");
}

// run: $P 2>/dev/full
pub fn panics_with_full_stderr() {
    println!("before");
    panic!("not seen");
}

pub fn overflows_main_stack() {
    println!("{}", recurse(1));
}

pub fn overflows_a_thread() {
    let run = || println!("{}", recurse(1));
    std::thread::Builder::new().name("deep".into()).stack_size(64 << 10).spawn(run).unwrap().join().unwrap();
}

pub fn overflows_an_unnamed_thread() {
    std::thread::spawn(|| println!("{}", recurse(1))).join().unwrap();
}

#[allow(unconditional_recursion)]
#[inline(never)]
fn recurse(depth: u64) -> u64 {
    let room = std::hint::black_box([depth; 64]);
    std::hint::black_box(recurse(depth + 1)) + room[(depth % 64) as usize]
}

// run: ulimit -v 400000; $P
pub fn out_of_memory() {
    let mut kept: Vec<Vec<u8>> = Vec::new();
    println!("begin");
    kept.push(Vec::with_capacity(1 << 40));
    println!("not reached");
}

// run: ulimit -v 400000; $P
pub fn out_of_memory_reported() {
    let mut vec = Vec::<u8>::new();
    println!("{:?}", vec.try_reserve_exact(1 << 40));
    println!("{:?}", std::panic::catch_unwind(|| 1).is_ok());
    println!("{:?}", unsafe { std::alloc::alloc(std::alloc::Layout::from_size_align(1 << 40, 8).unwrap()) }.is_null());
}

pub fn handle_alloc_error() {
    std::alloc::handle_alloc_error(std::alloc::Layout::new::<[u8; 12345]>());
}

pub fn null_is_a_fault() {
    println!("before");
    unsafe { std::hint::black_box(std::ptr::null_mut::<u8>().wrapping_add(8)).write_volatile(1) };
}

// run: $P; echo "status $?"; $P & wait $!; echo "status $?"
pub fn killed_by_its_own_signal() {
    let me = std::process::id().to_string();
    std::process::Command::new("kill").args(["-TERM", &me]).status().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(10));
}

pub fn forgotten_child_and_threads() {
    let child = std::process::Command::new("sleep").arg("0.01").spawn().unwrap();
    drop(child);
    std::mem::forget(std::thread::spawn(|| ()));
    println!("{:?}", std::process::Command::new("true").status().unwrap());
}
