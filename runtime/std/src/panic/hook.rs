//! Panic hooks, and what happens between a panic and the end.

use super::PanicHookInfo;
use crate::any::Any;
use crate::fmt;
use crate::sync::Arc;
use crate::sys::late::Late;
use crate::sys::panic as end;
use core::panic::{Location, PanicInfo};
use core::sync::atomic::{AtomicBool, Ordering};
use fullrust_rt::lock::Lock;

impl<'a> PanicHookInfo<'a> {
    /// The value that was panicked with: `&'static str` or `String` for messages.
    #[must_use]
    #[inline]
    pub fn payload(&self) -> &(dyn Any + Send) {
        self.payload
    }

    /// The message, if the payload is one.
    #[must_use]
    #[inline]
    pub fn payload_as_str(&self) -> Option<&str> {
        match self.payload.downcast_ref::<&'static str>() {
            Some(text) => Some(text),
            None => self.payload.downcast_ref::<String>().map(String::as_str),
        }
    }

    /// Where the panic began.
    #[must_use]
    #[inline]
    pub fn location(&self) -> Option<&Location<'_>> {
        Some(self.location)
    }

    /// Whether the panic may leave the function it is in.
    #[doc(hidden)]
    pub fn __can_unwind(&self) -> bool {
        self.can_unwind
    }
}

impl fmt::Display for PanicHookInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked at {}", self.location)?;
        match self.payload_as_str() {
            Some(text) => write!(f, ":\n{text}"),
            None => Ok(()),
        }
    }
}

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

static HOOK: Lock<Option<Arc<Hook>>> = Lock::new(None);

/// What a panic says. Each kind brings what it needs, so that a program whose panics need no formatting links none.
pub(crate) trait Message {
    /// The whole text, where it is a literal.
    fn literal(&self) -> Option<&'static str> {
        None
    }

    /// The text, piece by piece. What is written to cannot fail.
    fn write_to(&self, out: &mut dyn FnMut(&str));
}

/// What `core` formats.
impl Message for core::panic::PanicMessage<'_> {
    fn literal(&self) -> Option<&'static str> {
        self.as_str()
    }

    #[optimize(size)]
    fn write_to(&self, out: &mut dyn FnMut(&str)) {
        match self.as_str() {
            Some(text) => out(text),
            // A `Display` that fails is a bug of the program; what it wrote so far is kept.
            None => drop(fmt::write(&mut crate::backtrace::Writer(out), format_args!("{self}"))),
        }
    }
}

impl Message for &'static str {
    fn literal(&self) -> Option<&'static str> {
        Some(self)
    }

    fn write_to(&self, out: &mut dyn FnMut(&str)) {
        out(self);
    }
}

/// Pieces that follow each other.
impl Message for &[&str] {
    #[optimize(size)]
    fn write_to(&self, out: &mut dyn FnMut(&str)) {
        for part in *self {
            out(part);
        }
    }
}

/// A panic whose payload is a message.
struct Report<'a> {
    message: &'a dyn Message,
    location: &'a Location<'a>,
    can_unwind: bool,
    force_no_backtrace: bool,
}

impl Report<'_> {
    fn payload(&self) -> Box<dyn Any + Send> {
        match self.message.literal() {
            Some(text) => Box::new(text),
            None => {
                let mut text = String::new();
                self.message.write_to(&mut |part| text.push_str(part));
                Box::new(text)
            }
        }
    }
}

/// What runs the hook. Set with the first hook, so that programs without hooks carry nothing of it.
static RUN_HOOK: Late<fn(&Report<'_>)> = Late::new();

fn run_hook_on_report(report: &Report<'_>) {
    run_hook(&PanicHookInfo {
        payload: &*report.payload(),
        location: report.location,
        can_unwind: report.can_unwind,
        force_no_backtrace: report.force_no_backtrace,
    });
}

fn run_hook(info: &PanicHookInfo<'_>) {
    let hook = HOOK.lock().clone();
    match hook {
        Some(hook) => hook(info),
        None => default_hook(info),
    }
}

/// Makes `hook` the function that reports panics.
pub fn set_hook(hook: Hook) {
    check_not_panicking();
    let old = HOOK.lock().replace(Arc::new(hook));
    RUN_HOOK.set(run_hook_on_report);
    drop(old);
}

/// Takes the hook away; the default one reports from now on.
#[must_use]
pub fn take_hook() -> Hook {
    check_not_panicking();
    match HOOK.lock().take() {
        None => Box::new(default_hook),
        Some(hook) => match Arc::try_unwrap(hook) {
            Ok(hook) => hook,
            Err(running) => Box::new(move |info| running(info)),
        },
    }
}

fn check_not_panicking() {
    if panicking() {
        panic!("cannot modify the panic hook from a panicking thread");
    }
}

/// Whether this thread is panicking.
#[inline]
pub(crate) fn panicking() -> bool {
    end::panicking()
}

/// Panics with a value: `panic_any`, and `panic!` of the older editions.
#[doc(hidden)]
#[inline(never)]
#[cold]
#[track_caller]
pub fn begin_panic<M: Any + Send>(msg: M) -> ! {
    report_and_end(Box::new(msg), Location::caller(), true, false)
}

/// What `core` calls for every formatted panic.
#[optimize(size)]
pub(crate) fn begin_panic_handler(info: &PanicInfo<'_>) -> ! {
    let message = info.message();
    let Some(location) = info.location() else { fullrust_rt::abort() };
    end_with_report(&Report {
        message: &message,
        location,
        can_unwind: info.can_unwind(),
        force_no_backtrace: info.force_no_backtrace(),
    })
}

/// Panics with what `core` has not formatted.
#[cold]
#[optimize(size)]
#[track_caller]
pub(crate) fn panic_with(message: &dyn Message) -> ! {
    let report = Report { message, location: Location::caller(), can_unwind: true, force_no_backtrace: false };
    end_with_report(&report)
}

#[optimize(size)]
fn end_with_report(report: &Report<'_>) -> ! {
    if !end::enter() {
        report_nested(report.message.literal(), report.location);
    }
    match RUN_HOOK.get() {
        // The usual case allocates nothing and formats straight to the descriptor.
        None => print_default(report.message, report.location, report.force_no_backtrace),
        Some(run_hook) => run_hook(report),
    }
    end::leave_hook();
    if !report.can_unwind {
        abort_saying(&mut end::Text::stderr(), "thread caused non-unwinding panic");
    }
    end::end(|| report.payload())
}

fn report_and_end(payload: Box<dyn Any + Send>, location: &Location<'_>, can_unwind: bool, no_backtrace: bool) -> ! {
    let info = PanicHookInfo { payload: &*payload, location, can_unwind, force_no_backtrace: no_backtrace };
    if !end::enter() {
        report_nested(info.payload_as_str(), location);
    }
    run_hook(&info);
    end::leave_hook();
    end::end(|| payload)
}

/// `FILE:LINE:COLUMN:` and the end of the line.
#[optimize(size)]
fn push_location(out: &mut end::Text, location: &Location<'_>) {
    out.push(location.file().as_bytes());
    for number in [location.line(), location.column()] {
        out.push(b":");
        out.push_number(number);
    }
    out.push(b":\n");
}

/// A panic while a panic is being reported: one message without any hook, then the end. Nothing is formatted, because
/// that may be what panics.
#[optimize(size)]
fn report_nested(message: Option<&str>, location: &Location<'_>) -> ! {
    let mut out = end::Text::stderr();
    out.push(b"panicked at ");
    push_location(&mut out, location);
    out.push(message.unwrap_or("").as_bytes());
    out.push(b"\n");
    abort_saying(&mut out, "thread panicked while processing panic")
}

/// The end where no hook may run, or none helps.
#[cold]
#[optimize(size)]
fn abort_saying(out: &mut end::Text, why: &str) -> ! {
    out.push(why.as_bytes());
    out.push(b". aborting.\n");
    let _ = out.flush();
    fullrust_rt::abort()
}

fn default_hook(info: &PanicHookInfo<'_>) {
    let text = info.payload_as_str().unwrap_or("Box<dyn Any>");
    print_default(&[text].as_slice(), info.location, info.force_no_backtrace);
}

/// Whether the advice below the first message has been given.
static ADVISED: AtomicBool = AtomicBool::new(false);

const ADVICE: &str = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";

/// The default message as text, for captured output.
#[cfg(panic = "unwind")]
fn captured(message: &dyn Message, location: &Location<'_>, no_backtrace: bool) -> String {
    let (name, id) = end::thread_label();
    let name = String::from_utf8_lossy(name.unwrap_or(b"<unnamed>"));
    let mut text = crate::format!("\nthread '{name}' ({id}) panicked at {location}:\n");
    message.write_to(&mut |part| text.push_str(part));
    text.push('\n');
    if no_backtrace {
        return text;
    }
    if end::is_second() || crate::sys::env::is_backtrace_wanted() {
        crate::backtrace::push_for_panic(&mut |part| text.push_str(part));
    } else if !ADVISED.swap(true, Ordering::Relaxed) {
        text.push_str(ADVICE);
    }
    text
}

#[optimize(size)]
fn print_default(message: &dyn Message, location: &Location<'_>, no_backtrace: bool) {
    #[cfg(panic = "unwind")]
    if crate::io::capture::is_on() {
        crate::io::capture::print(format_args!("{}", captured(message, location, no_backtrace)));
        return;
    }
    let (name, id) = end::thread_label();
    let mut out = end::Text::stderr();
    out.push(b"\nthread '");
    out.push(name.unwrap_or(b"<unnamed>"));
    out.push(b"' (");
    out.push_number(id as u32);
    out.push(b") panicked at ");
    push_location(&mut out, location);
    message.write_to(&mut |part| out.push(part.as_bytes()));
    out.push(b"\n");
    if !no_backtrace {
        push_backtrace(&mut out);
    }
}

/// The stack if it is wanted, else how to get it, once.
#[optimize(size)]
pub(crate) fn push_backtrace(out: &mut end::Text) {
    if end::is_second() || crate::sys::env::is_backtrace_wanted() {
        crate::backtrace::push_for_panic(&mut |text| out.push(text.as_bytes()));
    } else if !ADVISED.swap(true, Ordering::Relaxed) {
        out.push(ADVICE.as_bytes());
    }
}
