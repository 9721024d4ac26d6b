//! `abort` dies by SIGABRT although the signal is blocked and ignored.
//# status: 134
#![no_std]
#![no_main]

use fullrust_sys::signal::*;

fn main() {
    // SAFETY: ignoring runs no handler.
    let ignored = unsafe { sigaction(SIGABRT, Some(&SigAction::disposition(SIG_IGN))) };
    let blocked = sigprocmask(SIG_BLOCK, SigSet::of(SIGABRT));
    assert!(ignored.is_ok() && blocked.is_ok());
    fullrust::rt::abort();
}

fullrust::entry!(main);
