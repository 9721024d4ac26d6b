//! What the test programs share: thread-locals on stable Rust, threads with closures, reading `/proc`.
//!
//! A program says in its head what it expects, one directive a line:
//!
//! | directive | meaning | without it |
//! |---|---|---|
//! | `//# arg: TEXT` | one more argument | none |
//! | `//# env: KEY=VALUE` | one more variable of an otherwise empty environment | empty |
//! | `//# close: N` | descriptor N is closed | open |
//! | `//# status: N` | exit status as a shell shows it (128 + signal) | 0 |
//! | `//# stdout: LINE` | the next line of stdout, exactly | stdout is empty |
//! | `//# stderr: TEXT` | stderr contains this | stderr is empty |
#![no_std]

extern crate alloc;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ffi::CStr;

use fullrust_rt::thread::{Handle, Options, spawn};
use fullrust_sys::{Result, fs, io};

/// Starts a thread that runs a closure.
pub fn thread(options: Options<'_>, body: impl FnOnce() + Send + 'static) -> Result<Handle> {
    unsafe fn run(argument: *mut u8) {
        // SAFETY: `thread` passes the box below, once.
        let body = unsafe { Box::from_raw(argument.cast::<Box<dyn FnOnce() + Send>>()) };
        body();
    }
    let body: Box<Box<dyn FnOnce() + Send>> = Box::new(Box::new(body));
    let argument = Box::into_raw(body).cast();
    // SAFETY: the closure is Send and 'static, and programs here are built so that panics abort.
    let result = unsafe { spawn(options, run, argument) };
    if result.is_err() {
        // SAFETY: no thread has taken it.
        drop(unsafe { Box::from_raw(argument.cast::<Box<dyn FnOnce() + Send>>()) });
    }
    result
}

/// The content of a file.
pub fn read_file(path: &CStr) -> Result<Vec<u8>> {
    let fd = fs::openat(fs::AT_FDCWD, path, fs::O_RDONLY | fs::O_CLOEXEC, 0)?;
    let mut content = Vec::new();
    let mut buffer = [0u8; 4096];
    loop {
        let count = io::read(fd, &mut buffer)?;
        if count == 0 {
            io::close(fd)?;
            return Ok(content);
        }
        content.extend_from_slice(&buffer[..count]);
    }
}

/// How many mappings the process has.
pub fn mapping_count() -> usize {
    read_file(c"/proc/self/maps").map_or(0, |maps| maps.iter().filter(|&&byte| byte == b'\n').count())
}

/// Pages of the process that are in memory.
pub fn resident_pages() -> usize {
    let text = read_file(c"/proc/self/statm").unwrap_or_default();
    let field = text.split(|&byte| byte == b' ').nth(1).unwrap_or_default();
    field.iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
}

/// A program with a `PT_TLS` of a given memory size and alignment: initialised bytes first, zeros to the end. It checks
/// every byte and the alignment, on the main thread and on another one, and that both have copies of their own.
#[macro_export]
macro_rules! tls_case {
    ($size:literal, $align:literal) => {
        core::arch::global_asm!(
            ".section .tdata.case,\"awT\",@progbits",
            ".balign {align}",
            "case_start:",
            ".byte 0xa5",
            ".section .tbss.case,\"awT\",@nobits",
            "case_rest:",
            ".zero {rest}",
            ".text",
            align = const $align,
            rest = const $size - 1,
        );

        /// The bytes of the calling thread, at the address that the linker wrote into the code.
        fn bytes() -> &'static mut [u8] {
            let (start, rest): (*mut u8, *mut u8);
            // SAFETY: local-exec access as a compiler writes it (psABI 3.4.2); this thread has its own copy, and the
            // caller lets one slice go before it asks for the next.
            unsafe {
                core::arch::asm!("mov {0}, fs:[0]", "lea {1}, [{0} + case_rest@tpoff]",
                    "lea {0}, [{0} + case_start@tpoff]", out(reg) start, out(reg) rest);
                assert_eq!(rest, start.add(1));
                core::slice::from_raw_parts_mut(start, $size)
            }
        }

        fn check() {
            let bytes = bytes();
            assert_eq!(bytes.as_ptr().addr() & ($align - 1), 0, "misaligned");
            assert_eq!(bytes[0], 0xa5, "the template was not copied here");
            assert!(bytes[1..].iter().all(|&byte| byte == 0), "the rest is not zero");
            bytes.fill(0xff);
        }

        fn main() {
            check();
            let thread = test_crates::thread(Default::default(), check);
            thread.expect("a thread").join();
            assert!(bytes().iter().all(|&byte| byte == 0xff), "the threads share storage");
            fullrust::prelude::println!("ok");
        }

        fullrust::entry!(main);
    };
}
