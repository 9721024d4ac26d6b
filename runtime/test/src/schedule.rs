//! Runs the selected tests: as many at once as asked for, benchmarks alone at the end.

use crate::execute::{Settings, Strategy, execute};
use crate::options::Arguments;
use crate::outcome::{Completed, Outcome};
use crate::report::Reporter;
use crate::select;
use crate::types::{TestDesc, TestDescAndFn};
use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// When the user is told that a test takes long.
const LONG: Duration = Duration::from_secs(60);

/// A test under way.
struct Running {
    desc: TestDesc,
    /// When to say that it takes long; nothing once said.
    warning: Option<Instant>,
    thread: Option<thread::JoinHandle<()>>,
}

/// Runs tests and reports them.
///
/// Returns whether all passed.
pub(crate) fn run(arguments: &Arguments, strategy: Strategy, tests: Vec<TestDescAndFn>) -> io::Result<bool> {
    let all = tests.len();
    let mut tests = select::select(arguments, tests);
    let filtered_out = all - tests.len();
    if !arguments.runs_benchmarks {
        for test in &mut tests {
            take_replace(test);
        }
    }
    let mut reporter = Reporter::new(arguments, &tests)?;
    reporter.start(tests.len(), arguments.shuffle_seed)?;
    let start = Instant::now();
    let (benchmarks, mut tests): (VecDeque<_>, VecDeque<_>) =
        tests.into_iter().partition(|test| test.testfn.is_benchmark());
    if let Some(seed) = arguments.shuffle_seed {
        select::shuffle(seed, &mut tests);
    }
    let mut run = Run {
        settings: Settings { strategy, captures: arguments.captures, reports_time: arguments.reports_time },
        arguments,
        reporter: &mut reporter,
        has_failed: false,
    };
    run.concurrently(tests, arguments.threads)?;
    run.concurrently(benchmarks, 1)?;
    reporter.finish(filtered_out, start.elapsed())
}

fn take_replace(test: &mut TestDescAndFn) {
    let nothing = crate::types::TestFn::StaticTestFn(|| Ok(()));
    test.testfn = std::mem::replace(&mut test.testfn, nothing).into_test();
}

struct Run<'a> {
    settings: Settings,
    arguments: &'a Arguments,
    reporter: &'a mut Reporter,
    has_failed: bool,
}

impl Run<'_> {
    fn stops(&self) -> bool {
        self.arguments.fails_fast && self.has_failed
    }

    fn is_ignored(&self, test: &TestDescAndFn) -> bool {
        test.desc.ignore || (!self.arguments.runs_tests && !test.testfn.is_benchmark())
    }

    fn concurrently(&mut self, mut pending: VecDeque<TestDescAndFn>, limit: usize) -> io::Result<()> {
        let (sender, results) = mpsc::channel::<Completed>();
        let mut running: Vec<Running> = Vec::new();
        loop {
            while running.len() < limit && !self.stops() {
                let Some(test) = pending.pop_front() else { break };
                if self.is_ignored(&test) {
                    self.reporter.begin(&test.desc)?;
                    self.end(Completed {
                        desc: test.desc,
                        outcome: Outcome::Ignored,
                        duration: None,
                        output: Vec::new(),
                    })?;
                    continue;
                }
                running.push(self.start(test, &sender)?);
            }
            if running.is_empty() {
                return Ok(());
            }
            match receive(&results, &running) {
                Some(completed) => {
                    if let Some(at) = running.iter().position(|other| other.desc == completed.desc) {
                        let done = running.remove(at);
                        // Its thread-locals are gone when the next test starts.
                        done.thread.map(thread::JoinHandle::join);
                    }
                    self.end(completed)?;
                }
                None => self.warn(&mut running)?,
            }
        }
    }

    fn start(&mut self, test: TestDescAndFn, sender: &mpsc::Sender<Completed>) -> io::Result<Running> {
        self.reporter.begin(&test.desc)?;
        let desc = test.desc.clone();
        let (settings, sender) = (self.settings, sender.clone());
        let thread = thread::Builder::new().name(desc.name.as_slice().to_owned()).spawn(move || {
            // Nobody waits any more only if reporting failed.
            let _is_waited_for = sender.send(execute(settings, test));
        })?;
        Ok(Running { desc, warning: Some(Instant::now() + LONG), thread: Some(thread) })
    }

    fn end(&mut self, completed: Completed) -> io::Result<()> {
        self.has_failed |= matches!(completed.outcome, Outcome::Failed | Outcome::FailedWith(_));
        self.reporter.end(completed)
    }

    fn warn(&mut self, running: &mut [Running]) -> io::Result<()> {
        let now = Instant::now();
        for test in running {
            if test.warning.is_some_and(|time| time <= now) {
                test.warning = None;
                self.reporter.takes_long(&test.desc, LONG)?;
            }
        }
        Ok(())
    }
}

/// Waits for a result; nothing when it is time to warn of a long test.
fn receive(results: &mpsc::Receiver<Completed>, running: &[Running]) -> Option<Completed> {
    match running.iter().filter_map(|test| test.warning).min() {
        // We hold a sender ourselves, so the channel never ends.
        None => results.recv().ok(),
        Some(time) => match results.recv_timeout(time.saturating_duration_since(Instant::now())) {
            Ok(completed) => Some(completed),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        },
    }
}
