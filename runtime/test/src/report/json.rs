//! Output for programs: one JSON object a line.

use super::{Form, Tally, put};
use crate::options::Arguments;
use crate::outcome::{Completed, Outcome};
use crate::types::{TestDesc, TestDescAndFn};
use std::fmt::Write;
use std::io;
use std::time::Duration;

pub(super) struct Json {
    shows_output: bool,
}

impl Json {
    pub(super) fn new(arguments: &Arguments) -> Json {
        Json { shows_output: arguments.shows_output }
    }
}

/// A text as JSON writes it (RFC 8259, 7).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\r' => quoted += "\\r",
            '\t' => quoted += "\\t",
            '\0'..='\x1f' | '\x7f' => {
                let _cannot_fail = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn line(text: &str) -> io::Result<()> {
    put(format!("{text}\n").as_bytes())
}

impl Form for Json {
    fn start(&mut self, count: usize, shuffle_seed: Option<u64>) -> io::Result<()> {
        let seed = shuffle_seed.map_or_else(String::new, |seed| format!(r#", "shuffle_seed": {seed}"#));
        line(&format!(r#"{{ "type": "suite", "event": "started", "test_count": {count}{seed} }}"#))
    }

    fn begin(&mut self, desc: &TestDesc) -> io::Result<()> {
        line(&format!(r#"{{ "type": "test", "event": "started", "name": {} }}"#, quoted(desc.name.as_slice())))
    }

    fn takes_long(&mut self, desc: &TestDesc, _: Duration) -> io::Result<()> {
        line(&format!(r#"{{ "type": "test", "event": "timeout", "name": {} }}"#, quoted(desc.name.as_slice())))
    }

    fn end(&mut self, completed: &Completed, _: &Tally) -> io::Result<()> {
        let name = quoted(completed.desc.name.as_slice());
        let (event, extra) = match &completed.outcome {
            Outcome::Measured(samples) => {
                let rate = match samples.megabytes_per_second {
                    0 => String::new(),
                    rate => format!(r#", "mib_per_second": {rate}"#),
                };
                let (median, spread) = (samples.median, samples.spread);
                return line(&format!(
                    r#"{{ "type": "bench", "name": {name}, "median": {median}, "deviation": {spread}{rate} }}"#
                ));
            }
            Outcome::Passed => ("ok", String::new()),
            Outcome::Failed => ("failed", String::new()),
            Outcome::FailedWith(message) => ("failed", format!(r#", "message": {}"#, quoted(message))),
            Outcome::Ignored => {
                let reason = completed.desc.ignore_message;
                ("ignored", reason.map_or_else(String::new, |reason| format!(r#", "message": {}"#, quoted(reason))))
            }
        };
        let mut text = format!(r#"{{ "type": "test", "name": {name}, "event": "{event}""#);
        if let Some(duration) = completed.duration {
            text += &format!(r#", "exec_time": {}"#, duration.as_secs_f64());
        }
        if !completed.output.is_empty() && (self.shows_output || event == "failed") {
            text += &format!(r#", "stdout": {}"#, quoted(&String::from_utf8_lossy(&completed.output)));
        }
        line(&(text + &extra + " }"))
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        let Tally { passed, failed, ignored, measured, filtered_out, duration, .. } = tally;
        let event = if *failed == 0 { "ok" } else { "failed" };
        let seconds = duration.as_secs_f64();
        line(&format!(
            r#"{{ "type": "suite", "event": "{event}", "passed": {passed}, "failed": {failed}, "ignored": {ignored}, "measured": {measured}, "filtered_out": {filtered_out}, "exec_time": {seconds} }}"#
        ))
    }
}

/// The names of tests.
pub(super) fn list(tests: &[TestDescAndFn]) -> io::Result<()> {
    line(r#"{ "type": "suite", "event": "discovery" }"#)?;
    let mut benchmarks = 0;
    for TestDescAndFn { desc, testfn } in tests {
        let kind = if testfn.is_benchmark() { "benchmark" } else { "test" };
        benchmarks += usize::from(testfn.is_benchmark());
        let TestDesc { ignore, source_file, start_line, start_col, end_line, end_col, .. } = desc;
        line(&format!(
            r#"{{ "type": "{kind}", "event": "discovered", "name": {}, "ignore": {ignore}, "ignore_message": {}, "source_path": {}, "start_line": {start_line}, "start_col": {start_col}, "end_line": {end_line}, "end_col": {end_col} }}"#,
            quoted(desc.name.as_slice()),
            quoted(desc.ignore_message.unwrap_or("")),
            quoted(source_file),
        ))?;
    }
    let (total, plain) = (tests.len(), tests.len() - benchmarks);
    let ignored = tests.iter().filter(|test| test.desc.ignore).count();
    line(&format!(
        r#"{{ "type": "suite", "event": "completed", "tests": {plain}, "benchmarks": {benchmarks}, "total": {total}, "ignored": {ignored} }}"#
    ))
}
