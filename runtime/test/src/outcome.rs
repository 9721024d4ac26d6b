//! What the end of a test means.

use crate::bench::Samples;
use crate::types::{ShouldPanic, TestDesc};
use std::any::Any;
use std::time::Duration;

/// A test's result.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    /// Failed, and the reason is not among what it printed.
    FailedWith(String),
    Ignored,
    Measured(Samples),
}

/// A test that has ended.
pub(crate) struct Completed {
    pub(crate) desc: TestDesc,
    pub(crate) outcome: Outcome,
    pub(crate) duration: Option<Duration>,
    pub(crate) output: Vec<u8>,
}

/// How a test's function ended: a panic, or an error it returned, with its value.
pub(crate) type Ending<'a> = Result<(), &'a (dyn Any + Send)>;

/// Judges how a test's function ended.
pub(crate) fn judge(desc: &TestDesc, ending: Ending<'_>) -> Outcome {
    match (desc.should_panic, ending) {
        (ShouldPanic::No, Ok(())) | (ShouldPanic::Yes, Err(_)) => Outcome::Passed,
        (ShouldPanic::No, Err(_)) => Outcome::Failed,
        (ShouldPanic::YesWithMessage(expected), Err(payload)) => judge_message(expected, payload),
        (ShouldPanic::Yes | ShouldPanic::YesWithMessage(_), Ok(())) => {
            let TestDesc { source_file, start_line, start_col, .. } = desc;
            Outcome::FailedWith(match start_col {
                0 => format!("test did not panic as expected at {source_file}:{start_line}"),
                _ => format!("test did not panic as expected at {source_file}:{start_line}:{start_col}"),
            })
        }
    }
}

fn judge_message(expected: &str, payload: &(dyn Any + Send)) -> Outcome {
    let message =
        payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&'static str>().copied());
    match message {
        Some(message) if message.contains(expected) => Outcome::Passed,
        Some(message) => Outcome::FailedWith(format!(
            "panic did not contain expected string\n      panic message: {message:?}\n expected substring: {expected:?}"
        )),
        None => Outcome::FailedWith(format!(
            "expected panic with string value,\n found non-string value: `{:?}`\n     expected substring: {expected:?}",
            payload.type_id()
        )),
    }
}
