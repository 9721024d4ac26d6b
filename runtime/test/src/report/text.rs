//! Output for people: a line or a character per test, then what failed and the counts.

use super::{Form, Tally, plural, put};
use crate::bench::Samples;
use crate::options::{Arguments, Color, Format};
use crate::outcome::{Completed, Outcome};
use crate::types::{NamePadding, TestDesc, TestDescAndFn};
use std::io::{self, IsTerminal};
use std::time::Duration;

const GREEN: &str = "32";
const RED: &str = "31";
const YELLOW: &str = "33";
const CYAN: &str = "36";

/// Characters per line of the terse form.
const COLUMNS: usize = 100;

pub(super) struct Text {
    is_terse: bool,
    is_colored: bool,
    /// Whether a test's name is printed with its result, since others may end before.
    is_concurrent: bool,
    shows_output: bool,
    width: usize,
    column: usize,
    done: usize,
    total: usize,
}

impl Text {
    pub(super) fn new(arguments: &Arguments, tests: &[TestDescAndFn]) -> Text {
        let widths = tests.iter().filter(|test| test.testfn.padding() == NamePadding::PadOnRight);
        Text {
            is_terse: arguments.format == Format::Terse,
            is_colored: match arguments.color {
                Color::Auto => arguments.captures && io::stdout().is_terminal(),
                Color::Always => true,
                Color::Never => false,
            },
            is_concurrent: arguments.threads > 1,
            shows_output: arguments.shows_output,
            width: widths.map(|test| test.desc.name.as_slice().len()).max().unwrap_or(0),
            column: 0,
            done: 0,
            total: 0,
        }
    }

    fn colored(&self, text: &str, color: &str) -> String {
        if self.is_colored { format!("\x1b[{color}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn name(&self, desc: &TestDesc, is_benchmark: bool) -> String {
        let width = if is_benchmark { self.width } else { 0 };
        match desc.test_mode() {
            Some(mode) => format!("test {:width$} - {mode} ... ", desc.name),
            None => format!("test {:width$} ... ", desc.name),
        }
    }

    fn line(&self, completed: &Completed) -> String {
        let Completed { desc, outcome, duration, .. } = completed;
        let mut line = String::new();
        if self.is_concurrent {
            line += &self.name(desc, matches!(outcome, Outcome::Measured(_)));
        }
        line += &match outcome {
            Outcome::Passed => self.colored("ok", GREEN),
            Outcome::Failed | Outcome::FailedWith(_) => self.colored("FAILED", RED),
            Outcome::Ignored => match desc.ignore_message {
                Some(reason) => self.colored(&format!("ignored, {reason}"), YELLOW),
                None => self.colored("ignored", YELLOW),
            },
            Outcome::Measured(samples) => format!("{}: {}", self.colored("bench", CYAN), show(samples)),
        };
        if let Some(duration) = duration {
            line += &format!(" <{:.3}s>", duration.as_secs_f64());
        }
        line.push('\n');
        line
    }

    fn progress(&mut self) -> String {
        self.column = 0;
        format!(" {}/{}\n", self.done, self.total)
    }

    fn characters(&mut self, completed: &Completed) -> String {
        let (character, color) = match &completed.outcome {
            Outcome::Passed => (".", GREEN),
            Outcome::Ignored => ("i", YELLOW),
            Outcome::Measured(_) => return self.line(completed),
            Outcome::Failed | Outcome::FailedWith(_) => {
                let before = if self.column == 0 { String::new() } else { self.progress() };
                self.done += 1;
                return format!("{before}{} --- {}\n", completed.desc.name, self.colored("FAILED", RED));
            }
        };
        let mut text = self.colored(character, color);
        self.done += 1;
        self.column += 1;
        if self.column == COLUMNS {
            text += &self.progress();
        }
        text
    }
}

impl Form for Text {
    fn start(&mut self, count: usize, shuffle_seed: Option<u64>) -> io::Result<()> {
        self.total = count;
        let seed = shuffle_seed.map_or_else(String::new, |seed| format!(" (shuffle seed: {seed})"));
        put(format!("\nrunning {}{seed}\n", plural(count, "test")).as_bytes())
    }

    fn begin(&mut self, desc: &TestDesc) -> io::Result<()> {
        if self.is_concurrent || self.is_terse {
            return Ok(());
        }
        put(self.name(desc, self.width > 0).as_bytes())
    }

    fn takes_long(&mut self, desc: &TestDesc, limit: Duration) -> io::Result<()> {
        if self.is_terse && self.column != 0 {
            put(self.progress().as_bytes())?;
        }
        put(format!("test {} has been running for over {} seconds\n", desc.name, limit.as_secs()).as_bytes())
    }

    fn end(&mut self, completed: &Completed, _: &Tally) -> io::Result<()> {
        let text = if self.is_terse { self.characters(completed) } else { self.line(completed) };
        put(text.as_bytes())
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        let mut text = Vec::new();
        if self.shows_output {
            outputs(&mut text, "successes", &tally.successes);
        }
        if !tally.failures.is_empty() {
            outputs(&mut text, "failures", &tally.failures);
        }
        let verdict = if tally.failed == 0 { self.colored("ok", GREEN) } else { self.colored("FAILED", RED) };
        let Tally { passed, failed, ignored, measured, filtered_out, duration, .. } = tally;
        text.extend_from_slice(
            format!(
                "\ntest result: {verdict}. {passed} passed; {failed} failed; {ignored} ignored; {measured} measured; \
                 {filtered_out} filtered out; finished in {:.2}s\n\n",
                duration.as_secs_f64()
            )
            .as_bytes(),
        );
        put(&text)
    }
}

/// A list of tests: what each printed, then the names alone.
fn outputs(text: &mut Vec<u8>, title: &str, tests: &[(TestDesc, Vec<u8>)]) {
    text.extend_from_slice(format!("\n{title}:\n").as_bytes());
    let mut shown = Vec::new();
    for (desc, output) in tests.iter().filter(|(_, output)| !output.is_empty()) {
        shown.extend_from_slice(format!("---- {} stdout ----\n", desc.name).as_bytes());
        // Tests may print anything; what goes out is text.
        shown.extend_from_slice(String::from_utf8_lossy(output).as_bytes());
        shown.push(b'\n');
    }
    if !shown.is_empty() {
        text.push(b'\n');
        text.extend_from_slice(&shown);
    }
    let mut names: Vec<&str> = tests.iter().map(|(desc, _)| desc.name.as_slice()).collect();
    names.sort_unstable();
    text.extend_from_slice(format!("\n{title}:\n").as_bytes());
    for name in names {
        text.extend_from_slice(format!("    {name}\n").as_bytes());
    }
}

fn show(samples: &Samples) -> String {
    let mut text = format!("{:>14} ns/iter (+/- {})", grouped(samples.median), grouped(samples.spread));
    if samples.megabytes_per_second != 0 {
        text += &format!(" = {} MB/s", samples.megabytes_per_second);
    }
    text
}

/// A number with two decimals and commas between groups of three digits.
fn grouped(number: f64) -> String {
    let plain = format!("{number:.2}");
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut text = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text}.{decimals}")
}
