//! The start-up sequence. Steps, and what holds after each:
//!
//! | step | what | holds afterwards |
//! |---|---|---|
//! | 1 | `_start` (`sys::arch`) | the stack is aligned, backtraces end |
//! | 2 | [`read_stack`] | arguments, environment and auxiliary vector are known; no heap, no `%fs`, no formatted panic |
//! | 4, 5 | `tls::set_up_main_thread`, with the canary | thread-locals, the thread's record, the heap |
//! | 6 | [`apply_irelative`] | indirect functions of C archives are resolved |
//! | 7 | [`open_standard_descriptors`] (std) | a later `open` cannot become descriptor 0, 1 or 2 |
//! | 8 | `signal::set_up` (std) | SIGPIPE is an error, stack overflow a message |
//! | 9 | [`run_init_arrays`] | constructors have run |
//! | 10 | the program's main function | |
//! | 11 | `exit::exit` | the process has ended |
//!
//! Step 3, self-relocation, belongs to static-PIE, which this runtime does not build.

use core::ffi::{c_char, c_int};

use fullrust_sys::abi::elf::{R_X86_64_IRELATIVE, Rela};
use fullrust_sys::fs::{AT_FDCWD, O_RDWR};
use fullrust_sys::io::{POLLNVAL, PollFd};
use fullrust_sys::{Errno, fs, io};

use crate::abort::{abort, fatal};
use crate::{args, auxv, env, exit, signal, tls};

/// A function of the C main's shape; also what constructors get.
pub type Main = unsafe extern "C" fn(c_int, *const *const c_char, *const *const c_char) -> c_int;

/// Runs a program of the explicit modes, from the kernel's stack pointer to the end.
///
/// # Safety
/// Only for `_start`, with the stack pointer that the kernel set.
#[inline]
pub unsafe fn run_explicit(stack: *const usize, main: Main) -> ! {
    // SAFETY: the caller's promise; the steps are in order.
    unsafe {
        set_up(stack);
        run(main)
    }
}

/// As [`run_explicit`] for a program of our `std`, with the standard descriptors and signals in order.
///
/// # Safety
/// Only for `_start`, with the stack pointer that the kernel set.
#[inline]
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub unsafe fn run_std(stack: *const usize, main: Main) -> ! {
    // SAFETY: the caller's promise; the steps are in order.
    unsafe {
        set_up(stack);
        open_standard_descriptors();
        signal::set_up();
        run(main)
    }
}

/// # Safety
/// As for [`run_explicit`].
#[inline(always)]
unsafe fn set_up(stack: *const usize) {
    // SAFETY: each step may rely on the ones before.
    unsafe {
        read_stack(stack);
        tls::set_up_main_thread();
        apply_irelative();
    }
}

/// # Safety
/// After [`set_up`], once.
#[inline(always)]
unsafe fn run(main: Main) -> ! {
    let (count, values, environment) = (args::count() as c_int, args::initial(), env::initial());
    // SAFETY: constructors and main are the program's own, with the arguments that they expect.
    let status = unsafe {
        run_init_arrays(count, values, environment);
        main(count, values, environment)
    };
    exit::exit(status)
}

/// Step 2: `argc`, `argv` up to null, `envp` up to null, the auxiliary vector (x86-64 psABI 3.4.1).
///
/// # Safety
/// `stack` must be the kernel's stack pointer.
#[inline(always)]
unsafe fn read_stack(stack: *const usize) {
    // SAFETY: the layout above.
    unsafe {
        let argc = *stack;
        let argv = stack.add(1).cast::<*const c_char>();
        let envp = argv.add(argc + 1);
        let mut end = envp;
        while !(*end).is_null() {
            end = end.add(1);
        }
        args::remember(argc, argv);
        env::remember(envp);
        auxv::remember(end.add(1).cast());
    }
}

type Function = unsafe extern "C" fn(c_int, *const *const c_char, *const *const c_char);

unsafe extern "C" {
    // Bounds that the linker defines, equal where a section is empty.
    static __rela_iplt_start: [Rela; 0];
    static __rela_iplt_end: [Rela; 0];
    static __preinit_array_start: [Function; 0];
    static __preinit_array_end: [Function; 0];
    static __init_array_start: [Function; 0];
    static __init_array_end: [Function; 0];
    static __fini_array_start: [Function; 0];
    static __fini_array_end: [Function; 0];
}

/// The entries between two bounds that the linker defined, in order.
///
/// # Safety
/// `start` and `end` must bound whole entries that live for ever.
#[inline(always)]
unsafe fn between<T: 'static>(start: *const [T; 0], end: *const [T; 0]) -> impl Iterator<Item = &'static T> {
    let mut place = start.cast::<T>();
    let end = end.cast::<T>();
    // By addresses: a slice's length would take a division.
    core::iter::from_fn(move || {
        (place != end).then(|| {
            let entry = place;
            place = place.wrapping_add(1);
            // SAFETY: the caller's promise.
            unsafe { &*entry }
        })
    })
}

/// Step 6: each entry's addend is a resolver, whose result goes to the entry's place (psABI 4.4.1, R_X86_64_IRELATIVE).
///
/// # Safety
/// Start-up only, once.
#[inline(always)]
unsafe fn apply_irelative() {
    // SAFETY: the linker's own table.
    for entry in unsafe { between(&raw const __rela_iplt_start, &raw const __rela_iplt_end) } {
        if entry.r_info & 0xffff_ffff != R_X86_64_IRELATIVE {
            fatal("malformed program");
        }
        // SAFETY: a resolver takes nothing and returns an address; the place is a writable GOT slot.
        unsafe {
            let resolver = core::mem::transmute::<usize, unsafe extern "C" fn() -> usize>(entry.r_addend as usize);
            *(entry.r_offset as *mut usize) = resolver();
        }
    }
}

/// Step 7: `/dev/null` for each of 0, 1 and 2 that is closed. Without that file the process ends.
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub fn open_standard_descriptors() {
    let entry = |fd| PollFd { fd, events: 0, revents: 0 };
    let mut entries = [entry(0), entry(1), entry(2)];
    loop {
        match io::poll(&mut entries, 0) {
            Ok(0) => return,
            Ok(_) => break,
            Err(Errno::EINTR) => {}
            // No memory for the poll, or a limit below three descriptors: leave things as they are.
            Err(_) => return,
        }
    }
    for entry in &entries {
        if entry.revents & POLLNVAL != 0 && fs::openat(AT_FDCWD, c"/dev/null", O_RDWR, 0).is_err() {
            // Nothing could be printed anywhere: the descriptors' numbers must not be given to files.
            abort();
        }
    }
}

/// Step 9: `.preinit_array`, then `.init_array` (gABI, Initialization and Termination Functions).
///
/// # Safety
/// Once, when everything that Rust code expects is in place.
#[inline(always)]
unsafe fn run_init_arrays(count: c_int, values: *const *const c_char, environment: *const *const c_char) {
    // SAFETY: the linker's bounds; the functions are the program's.
    unsafe {
        for function in between(&raw const __preinit_array_start, &raw const __preinit_array_end) {
            function(count, values, environment);
        }
        for function in between(&raw const __init_array_start, &raw const __init_array_end) {
            function(count, values, environment);
        }
    }
}

/// The part of step 11 that is the program's: `.fini_array` in reverse order.
///
/// # Safety
/// Once, at the end.
#[inline(always)]
pub(crate) unsafe fn run_fini_arrays() {
    // SAFETY: the linker's bounds; the functions are the program's.
    unsafe {
        let mut place = (&raw const __fini_array_end).cast::<Function>();
        while place != (&raw const __fini_array_start).cast() {
            place = place.sub(1);
            (*place)(0, core::ptr::null(), core::ptr::null());
        }
    }
}
