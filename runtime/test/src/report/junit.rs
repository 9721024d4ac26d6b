//! Output for build servers: one JUnit document.

use super::{Form, Tally, put};
use crate::outcome::{Completed, Outcome};
use crate::types::TestDesc;
use std::io;
use std::time::Duration;

/// Collects the cases: the counts stand before them.
pub(super) struct Junit {
    cases: String,
    /// Whether the output of tests that pass is shown.
    shows_output: bool,
}

impl Junit {
    pub(super) fn new(shows_output: bool) -> Junit {
        Junit { cases: String::new(), shows_output }
    }
}

/// A text as an attribute's value or as an element's content.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&apos;",
            '\n' => escaped += "&#xA;",
            // XML 1.0, 2.2: other control characters cannot be written at all.
            '\0'..='\x08' | '\x0b'..='\x1f' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A test's output as an element's content: each line a CDATA section, for what reads the document line by line.
fn literal(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines = text.split('\n').map(|line| {
        let writable = line.replace(|c: char| c < ' ' && !matches!(c, '\t' | '\r'), "\u{fffd}");
        // Neither the end of a section nor the beginning of an instruction may stand in one.
        writable.replace("]]>", "]]]]><![CDATA[>").replace("<?", "<]]><![CDATA[?")
    });
    let mut content = String::new();
    for (number, line) in lines.enumerate() {
        let begin = if number == 0 { "<![CDATA[" } else { "]]>&#xA;<![CDATA[" };
        content = content + begin + &line;
    }
    (content + "]]>").replace("&#xA;<![CDATA[]]>&#xA;", "&#xA;&#xA;")
}

impl Form for Junit {
    fn start(&mut self, _: usize, _: Option<u64>) -> io::Result<()> {
        put(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    }

    fn begin(&mut self, _: &TestDesc) -> io::Result<()> {
        Ok(())
    }

    fn takes_long(&mut self, _: &TestDesc, _: Duration) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, completed: &Completed, _: &Tally) -> io::Result<()> {
        let path = completed.desc.name.as_slice();
        let (class, name) = path.rsplit_once("::").unwrap_or(("crate", path));
        let seconds = completed.duration.unwrap_or_default().as_secs_f64();
        let head = format!(r#"<testcase classname="{}" name="{}" time="{seconds}""#, escaped(class), escaped(name));
        let output = literal(&completed.output);
        self.cases += &match &completed.outcome {
            Outcome::Ignored => return Ok(()),
            Outcome::Measured(_) => format!("{head}/>"),
            Outcome::Passed if completed.output.is_empty() || !self.shows_output => format!("{head}/>"),
            Outcome::Passed => format!("{head}><system-out>{output}</system-out></testcase>"),
            Outcome::Failed => {
                format!(r#"{head}><failure type="assert"/><system-out>{output}</system-out></testcase>"#)
            }
            Outcome::FailedWith(message) => format!(
                r#"{head}><failure message="{}" type="assert"/><system-out>{output}</system-out></testcase>"#,
                escaped(message)
            ),
        };
        Ok(())
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        let Tally { total, failed, ignored, .. } = tally;
        let text = format!(
            r#"<testsuites><testsuite name="test" package="test" id="0" errors="0" failures="{failed}" tests="{total}" skipped="{ignored}" >{}<system-out/><system-err/></testsuite></testsuites>"#,
            self.cases
        );
        put((text + "\n").as_bytes())
    }
}
