//! What a panic prints where no hook is set, and how the process ends then.

use core::fmt::Write;
use core::panic::PanicInfo;
use core::sync::atomic::{AtomicBool, Ordering::Relaxed};

use fullrust_sys::process;

use crate::abort::PANIC_STATUS;
use crate::text::Text;
use crate::thread;

/// Set while this process prints a panic's message: a panic inside that (a `Display` that panics) must end at once.
static PRINTING: AtomicBool = AtomicBool::new(false);

/// The whole panic handler of a program without hooks: prints the message and its place, ends with status 134.
#[cold]
pub fn handle(info: &PanicInfo<'_>) -> ! {
    if !PRINTING.swap(true, Relaxed) {
        print(info);
    } else {
        Text::stderr().push(b"thread panicked while processing panic\n");
    }
    process::exit_group(PANIC_STATUS)
}

/// Ends the process as a panic does, with a fixed message and without the machinery of formatting.
#[cold]
pub fn end(message: &str) -> ! {
    let mut out = Text::stderr();
    for part in [message, "\n"] {
        out.push(part.as_bytes());
    }
    let _ = out.flush();
    process::exit_group(PANIC_STATUS)
}

/// Writes `thread 'NAME' panicked at FILE:LINE:COLUMN:` and the message.
pub fn print(info: &PanicInfo<'_>) {
    let mut out = Text::stderr();
    out.push(b"thread '");
    out.push(thread::current_name().unwrap_or(b"<unnamed>"));
    out.push(b"' panicked at ");
    if let Some(place) = info.location() {
        let _ = write!(out, "{place}");
    }
    out.push(b":\n");
    let message = info.message();
    match message.as_str() {
        Some(text) => out.push(text.as_bytes()),
        None => drop(write!(out, "{message}")),
    }
    out.push(b"\n");
}
