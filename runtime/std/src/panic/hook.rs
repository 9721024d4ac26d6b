//! Panic hooks, and what happens between a panic and the end.

use crate::any::Any;
use crate::sys::panic as end;
use crate::sys::stdio::Lock;
use crate::{fmt, mem};
use core::fmt::Write as _;
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

static HOOK: Lock<Option<crate::sync::Arc<Hook>>> = Lock::new(None);

/// Makes `hook` the function that reports panics.
pub fn set_hook(hook: Hook) {
    check_not_panicking();
    let old = mem::replace(&mut *HOOK.lock(), Some(crate::sync::Arc::new(hook)));
    drop(old);
}

/// Takes the hook away; the default one reports from now on.
#[must_use]
pub fn take_hook() -> Hook {
    check_not_panicking();
    match HOOK.lock().take() {
        None => Box::new(default_hook),
        Some(hook) => match crate::sync::Arc::try_unwrap(hook) {
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
    let location = info.location().expect("the compiler always passes a location");
    let (can_unwind, force_no_backtrace) = (info.can_unwind(), info.force_no_backtrace());
    let message = info.message();
    if !end::enter() {
        report_nested(&message, location);
    }
    // The usual case costs neither an allocation nor the formatting machinery twice.
    let hook = HOOK.lock().clone();
    match (hook, message.as_str()) {
        (None, Some(text)) => {
            print_default(&text, location, force_no_backtrace);
            end::leave_hook();
            end::end(|| Box::new(text))
        }
        (None, None) => {
            print_default(&message, location, force_no_backtrace);
            end::leave_hook();
            end::end(|| Box::new(crate::fmt::format(format_args!("{message}"))))
        }
        (Some(hook), text) => {
            let payload: Box<dyn Any + Send> = match text {
                Some(text) => Box::new(text),
                None => Box::new(crate::fmt::format(format_args!("{message}"))),
            };
            hook(&PanicHookInfo { payload: &*payload, location, can_unwind, force_no_backtrace });
            end::leave_hook();
            end::end(|| payload)
        }
    }
}

fn report_and_end(payload: Box<dyn Any + Send>, location: &Location<'_>, can_unwind: bool, no_backtrace: bool) -> ! {
    if !end::enter() {
        report_nested(&"Box<dyn Any>", location);
    }
    let info = PanicHookInfo { payload: &*payload, location, can_unwind, force_no_backtrace: no_backtrace };
    let hook = HOOK.lock().clone();
    match hook {
        Some(hook) => hook(&info),
        None => default_hook(&info),
    }
    end::leave_hook();
    end::end(|| payload)
}

/// A panic while a panic is being reported: one message without any machinery, then the end.
fn report_nested(message: &dyn fmt::Display, location: &Location<'_>) -> ! {
    let mut out = end::Text::stderr();
    let _ignored = writeln!(out, "thread panicked while processing panic. aborting.\npanicked at {location}:\n{message}");
    drop(out);
    end::end_nested()
}

fn default_hook(info: &PanicHookInfo<'_>) {
    print_default(&info.payload_as_str().unwrap_or("Box<dyn Any>"), info.location, info.force_no_backtrace);
}

/// Whether the advice below the first message has been given.
static ADVISED: AtomicBool = AtomicBool::new(false);

fn print_default(message: &dyn fmt::Display, location: &Location<'_>, no_backtrace: bool) {
    let (name, id) = end::thread_label();
    let mut out = end::Text::stderr();
    out.push(b"\nthread '");
    out.push(name.unwrap_or(b"<unnamed>"));
    let _ignored = writeln!(out, "' ({id}) panicked at {location}:\n{message}");
    if !no_backtrace && !ADVISED.swap(true, Ordering::Relaxed) && !crate::env::backtrace_is_wanted() {
        out.push(b"note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n");
    }
}
