//! What is seen of a run, in the form that the command line asks for.

mod json;
mod junit;
mod text;

use crate::options::{Arguments, Format};
use crate::outcome::{Completed, Outcome};
use crate::types::{TestDesc, TestDescAndFn};
use std::fs::File;
use std::io::{self, Write};
use std::time::Duration;

/// What has happened so far.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) total: usize,
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) ignored: usize,
    pub(crate) measured: usize,
    pub(crate) filtered_out: usize,
    pub(crate) duration: Duration,
    /// Tests that failed, with what they printed.
    pub(crate) failures: Vec<(TestDesc, Vec<u8>)>,
    /// Tests that passed, likewise.
    pub(crate) successes: Vec<(TestDesc, Vec<u8>)>,
}

/// A form of output.
trait Form {
    fn start(&mut self, count: usize, shuffle_seed: Option<u64>) -> io::Result<()>;
    fn begin(&mut self, desc: &TestDesc) -> io::Result<()>;
    fn takes_long(&mut self, desc: &TestDesc, limit: Duration) -> io::Result<()>;
    fn end(&mut self, completed: &Completed, tally: &Tally) -> io::Result<()>;
    fn finish(&mut self, tally: &Tally) -> io::Result<()>;
}

/// Counts and shows results.
pub(crate) struct Reporter {
    form: Box<dyn Form>,
    tally: Tally,
    log: Option<File>,
}

impl Reporter {
    pub(crate) fn new(arguments: &Arguments, tests: &[TestDescAndFn]) -> io::Result<Reporter> {
        let form: Box<dyn Form> = match arguments.format {
            Format::Json => Box::new(json::Json::new(arguments)),
            Format::Junit => Box::new(junit::Junit::new(arguments.shows_output)),
            Format::Pretty | Format::Terse => Box::new(text::Text::new(arguments, tests)),
        };
        let log = arguments.log_file.as_ref().map(File::create).transpose()?;
        Ok(Reporter { form, tally: Tally::default(), log })
    }

    pub(crate) fn start(&mut self, count: usize, shuffle_seed: Option<u64>) -> io::Result<()> {
        self.tally.total = count;
        self.form.start(count, shuffle_seed)
    }

    pub(crate) fn begin(&mut self, desc: &TestDesc) -> io::Result<()> {
        self.form.begin(desc)
    }

    pub(crate) fn takes_long(&mut self, desc: &TestDesc, limit: Duration) -> io::Result<()> {
        self.form.takes_long(desc, limit)
    }

    pub(crate) fn end(&mut self, completed: Completed) -> io::Result<()> {
        match &completed.outcome {
            Outcome::Passed => self.tally.passed += 1,
            Outcome::Ignored => self.tally.ignored += 1,
            Outcome::Measured(_) => self.tally.measured += 1,
            Outcome::Failed | Outcome::FailedWith(_) => self.tally.failed += 1,
        }
        if let Some(log) = &mut self.log {
            writeln!(log, "{} {}", log_word(&completed.outcome), completed.desc.name)?;
        }
        self.form.end(&completed, &self.tally)?;
        let Completed { desc, outcome, mut output, .. } = completed;
        match outcome {
            Outcome::Passed => self.tally.successes.push((desc, output)),
            Outcome::Failed => self.tally.failures.push((desc, output)),
            Outcome::FailedWith(message) => {
                output.extend_from_slice(format!("note: {message}").as_bytes());
                self.tally.failures.push((desc, output));
            }
            Outcome::Ignored | Outcome::Measured(_) => {}
        }
        Ok(())
    }

    /// Shows the end of a run.
    ///
    /// Returns whether nothing failed.
    pub(crate) fn finish(mut self, filtered_out: usize, duration: Duration) -> io::Result<bool> {
        self.tally.filtered_out = filtered_out;
        self.tally.duration = duration;
        self.form.finish(&self.tally)?;
        Ok(self.tally.failed == 0)
    }
}

fn log_word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "ok",
        Outcome::Failed | Outcome::FailedWith(_) => "failed",
        Outcome::Ignored => "ignored",
        Outcome::Measured(_) => "bench",
    }
}

/// Writes to the standard output at once.
fn put(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()
}

/// A count with its noun.
fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Prints the names of the selected tests.
pub(crate) fn list(arguments: &Arguments, tests: Vec<TestDescAndFn>) -> io::Result<()> {
    let selected = crate::select::select(arguments, tests);
    if arguments.format == Format::Json {
        return json::list(&selected);
    }
    let mut text = String::new();
    for test in &selected {
        let kind = if test.testfn.is_benchmark() { "benchmark" } else { "test" };
        text += &format!("{}: {kind}\n", test.desc.name);
    }
    if arguments.format != Format::Terse {
        let benchmarks = selected.iter().filter(|test| test.testfn.is_benchmark()).count();
        if !selected.is_empty() {
            text.push('\n');
        }
        text += &format!("{}, {}\n", plural(selected.len() - benchmarks, "test"), plural(benchmarks, "benchmark"));
    }
    put(text.as_bytes())
}
