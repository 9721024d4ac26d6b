//! Panic hooks, and what happens between a panic and the end.

use crate::any::Any;
use crate::sync::Arc;
use crate::sys::panic as end;
use crate::sys::stdio::Lock;
use crate::{fmt, mem};
use core::panic::{Location, PanicInfo};
use core::sync::atomic::{AtomicBool, Ordering};

/// What a panic hook learns.
#[derive(Debug)]
pub struct PanicHookInfo<'a> {
    payload: &'a (dyn Any + Send),
    location: &'a Location<'a>,
    can_unwind: bool,
    force_no_backtrace: bool,
}

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
    pub fn can_unwind(&self) -> bool {
        self.can_unwind
    }

    #[doc(hidden)]
    pub fn force_no_backtrace(&self) -> bool {
        self.force_no_backtrace
    }
}

impl fmt::Display for PanicHookInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked at {}:", self.location)?;
        match self.payload_as_str() {
            Some(text) => write!(f, "\n{text}"),
            None => Ok(()),
        }
    }
}

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

static HOOK: Lock<Option<Arc<Hook>>> = Lock::new(None);

/// A panic whose payload is a message.
struct Report<'a> {
    /// The message, where it needs no formatting.
    text: Option<&'static str>,
    shown: &'a dyn fmt::Display,
    location: &'a Location<'a>,
    can_unwind: bool,
    force_no_backtrace: bool,
}

impl Report<'_> {
    fn payload(&self) -> Box<dyn Any + Send> {
        match self.text {
            Some(text) => Box::new(text),
            None => Box::new(crate::fmt::format(format_args!("{}", self.shown))),
        }
    }
}

/// What runs the hook. Set with the first hook, so that programs without hooks carry nothing of it.
static RUN_HOOK: Lock<Option<fn(&Report<'_>)>> = Lock::new(None);

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
    let old = mem::replace(&mut *HOOK.lock(), Some(Arc::new(hook)));
    *RUN_HOOK.lock() = Some(run_hook_on_report);
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

/// Replaces the hook by one that may call the old one.
#[doc(hidden)]
pub fn update_hook<F>(hook: F)
where
    F: Fn(&(dyn Fn(&PanicHookInfo<'_>) + Send + Sync + 'static), &PanicHookInfo<'_>) + Sync + Send + 'static,
{
    let old = take_hook();
    set_hook(Box::new(move |info| hook(&old, info)));
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
pub(crate) fn begin_panic_handler(info: &PanicInfo<'_>) -> ! {
    let message = info.message();
    let text = message.as_str();
    let shown: &dyn fmt::Display = &message;
    let Some(location) = info.location() else { end::end_nested() };
    if !end::enter() {
        report_nested(text, shown, location);
    }
    let report =
        Report { text, shown, location, can_unwind: info.can_unwind(), force_no_backtrace: info.force_no_backtrace() };
    let run_hook = *RUN_HOOK.lock();
    match run_hook {
        // The usual case allocates nothing and formats straight to the descriptor.
        None => print_default(text, shown, location, report.force_no_backtrace),
        Some(run_hook) => run_hook(&report),
    }
    end::leave_hook();
    if !report.can_unwind {
        let mut out = end::Text::stderr();
        out.push(b"thread caused non-unwinding panic. aborting.\n");
        drop(out);
        end::abort_non_unwinding();
    }
    end::end(|| report.payload())
}

fn report_and_end(payload: Box<dyn Any + Send>, location: &Location<'_>, can_unwind: bool, no_backtrace: bool) -> ! {
    let info = PanicHookInfo { payload: &*payload, location, can_unwind, force_no_backtrace: no_backtrace };
    if !end::enter() {
        let text = info.payload_as_str().unwrap_or("Box<dyn Any>");
        report_nested(Some(text), &text, location);
    }
    run_hook(&info);
    end::leave_hook();
    end::end(|| payload)
}

/// `FILE:LINE:COLUMN`.
fn push_location(out: &mut end::Text, location: &Location<'_>) {
    let mut digits = [0; 11];
    out.push(location.file().as_bytes());
    for number in [location.line(), location.column()] {
        out.push(b":");
        out.push(crate::sys::io::decimal(number, &mut digits).as_bytes());
    }
}

fn push_message(out: &mut end::Text, text: Option<&str>, shown: &dyn fmt::Display) {
    match text {
        Some(text) => out.push(text.as_bytes()),
        None => out.push_args(format_args!("{shown}")),
    }
}

/// A panic while a panic is being reported: one message without any hook, then the end.
fn report_nested(text: Option<&str>, shown: &dyn fmt::Display, location: &Location<'_>) -> ! {
    let mut out = end::Text::stderr();
    out.push(b"thread panicked while processing panic. aborting.\npanicked at ");
    push_location(&mut out, location);
    out.push(b":\n");
    push_message(&mut out, text, shown);
    out.push(b"\n");
    drop(out);
    end::end_nested()
}

fn default_hook(info: &PanicHookInfo<'_>) {
    let text = info.payload_as_str().unwrap_or("Box<dyn Any>");
    print_default(Some(text), &text, info.location, info.force_no_backtrace);
}

/// Whether the advice below the first message has been given.
static ADVISED: AtomicBool = AtomicBool::new(false);

fn print_default(text: Option<&str>, shown: &dyn fmt::Display, location: &Location<'_>, no_backtrace: bool) {
    let (name, id) = end::thread_label();
    let mut digits = [0; 11];
    let mut out = end::Text::stderr();
    out.push(b"\nthread '");
    out.push(name.unwrap_or(b"<unnamed>"));
    out.push(b"' (");
    out.push(crate::sys::io::decimal(id.unsigned_abs(), &mut digits).as_bytes());
    out.push(b") panicked at ");
    push_location(&mut out, location);
    out.push(b":\n");
    push_message(&mut out, text, shown);
    out.push(b"\n");
    if !no_backtrace && !ADVISED.swap(true, Ordering::Relaxed) && !crate::env::backtrace_is_wanted() {
        out.push(b"note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n");
    }
}
