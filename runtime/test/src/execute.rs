//! Running one test: in this process, with its output captured and its panic caught, or in a process of its own.

use crate::bench::{self, Bencher};
use crate::outcome::{Completed, Outcome, judge};
use crate::types::{TestDesc, TestDescAndFn, TestFn};
use std::env;
use std::io::{self, Write};
use std::os::unix::process::ExitStatusExt;
use std::panic::{self, AssertUnwindSafe};
use std::process::{self, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Names the test that a process is for.
pub(crate) const INVOKE: &str = "__RUST_TEST_INVOKE";

/// The statuses by which such a process says how its test ended; others mean that it ended by itself.
const PASSED: i32 = 50;
const FAILED: i32 = 51;

/// How tests are run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strategy {
    /// In threads of this process.
    InProcess,
    /// Each in a process of its own.
    OwnProcess,
}

/// What all tests of a run have in common.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) strategy: Strategy,
    pub(crate) captures: bool,
    pub(crate) reports_time: bool,
}

/// Runs a test to its end.
pub(crate) fn execute(settings: Settings, test: TestDescAndFn) -> Completed {
    let TestDescAndFn { desc, testfn } = test;
    let start = Instant::now();
    let (outcome, output) = match (testfn, settings.strategy) {
        (TestFn::StaticBenchFn(function), _) => captured(settings, || bench::measure(function)),
        (TestFn::DynBenchFn(function), _) => captured(settings, || bench::measure(function)),
        (_, Strategy::OwnProcess) => in_own_process(&desc, settings.captures),
        (testfn, Strategy::InProcess) => captured(settings, || judge_in_process(&desc, testfn)),
    };
    let duration: Option<Duration> = settings.reports_time.then(|| start.elapsed());
    Completed { desc, outcome, duration, output }
}

/// Runs a test's function, a benchmark once.
fn call(testfn: TestFn) -> Result<(), String> {
    match testfn {
        TestFn::StaticTestFn(function) => function(),
        TestFn::DynTestFn(function) => function(),
        TestFn::StaticBenchFn(function) | TestFn::StaticBenchAsTestFn(function) => bench::run_once(function),
        TestFn::DynBenchFn(function) | TestFn::DynBenchAsTestFn(function) => {
            bench::run_once(|b: &mut Bencher| function(b))
        }
    }
}

fn judge_in_process(desc: &TestDesc, testfn: TestFn) -> Outcome {
    match panic::catch_unwind(AssertUnwindSafe(|| call(testfn))) {
        Ok(Ok(())) => judge(desc, Ok(())),
        Ok(Err(message)) => judge(desc, Err(&message)),
        Err(payload) => judge(desc, Err(&*payload)),
    }
}

/// Runs something with the output of `print!` and the like going to a buffer.
#[cfg(panic = "unwind")]
fn captured(settings: Settings, run: impl FnOnce() -> Outcome) -> (Outcome, Vec<u8>) {
    if !settings.captures {
        return (run(), Vec::new());
    }
    use std::sync::{Arc, Mutex, PoisonError};

    let sink = Arc::new(Mutex::new(Vec::new()));
    let before = io::set_output_capture(Some(sink.clone()));
    let outcome = run();
    io::set_output_capture(before);
    let output = std::mem::take(&mut *sink.lock().unwrap_or_else(PoisonError::into_inner));
    (outcome, output)
}

/// Without unwinding nothing can be captured in this process: what panics ends it.
#[cfg(not(panic = "unwind"))]
fn captured(_settings: Settings, run: impl FnOnce() -> Outcome) -> (Outcome, Vec<u8>) {
    (run(), Vec::new())
}

fn in_own_process(desc: &TestDesc, captures: bool) -> (Outcome, Vec<u8>) {
    let stream = || if captures { Stdio::piped() } else { Stdio::inherit() };
    let result = env::current_exe().and_then(|program| {
        Command::new(program)
            .args(env::args_os().skip(1))
            .env(INVOKE, desc.name.as_slice())
            .stdin(Stdio::null())
            .stdout(stream())
            .stderr(stream())
            .output()
    });
    match result {
        Err(error) => {
            (Outcome::Failed, format!("Failed to spawn process for test '{}': {error}\n", desc.name).into_bytes())
        }
        Ok(done) => {
            let mut output = done.stdout;
            if !done.stderr.is_empty() {
                if !output.is_empty() && !output.ends_with(b"\n") {
                    output.push(b'\n');
                }
                output.extend_from_slice(format!("---- {} stderr ----\n", desc.name).as_bytes());
                output.extend_from_slice(&done.stderr);
            }
            (outcome_of(done.status), output)
        }
    }
}

fn outcome_of(status: ExitStatus) -> Outcome {
    match (status.code(), status.signal()) {
        (Some(PASSED), _) => Outcome::Passed,
        (Some(FAILED), _) => Outcome::Failed,
        (Some(code), _) => Outcome::FailedWith(format!("got unexpected return code {code}")),
        (None, Some(signal)) => Outcome::FailedWith(format!("child process exited with signal {signal}")),
        (None, None) => Outcome::FailedWith("unable to get result code".to_owned()),
    }
}

/// In the process of one test: runs it and ends with the status that says how it went.
pub(crate) fn run_invoked(test: TestDescAndFn) -> ! {
    let TestDescAndFn { desc, testfn } = test;
    let report = panic::take_hook();
    let panicking = desc.clone();
    panic::set_hook(Box::new(move |info| {
        report(info);
        end(judge(&panicking, Err(info.payload())));
    }));
    match call(testfn) {
        Ok(()) => end(judge(&desc, Ok(()))),
        Err(message) => end(judge(&desc, Err(&message))),
    }
}

fn end(outcome: Outcome) -> ! {
    if let Outcome::FailedWith(message) = &outcome {
        let _cannot_say_so = writeln!(io::stdout(), "{message}");
    }
    process::exit(if outcome == Outcome::Passed { PASSED } else { FAILED })
}
