//! What the `main` of a test program calls.

use crate::execute::{INVOKE, Strategy, run_invoked};
use crate::options::{self, Arguments, Request};
use crate::types::TestDescAndFn;
use crate::{report, schedule, usage};
use std::process::{self, Termination};
use std::{env, io};

/// The status of a run with failures, and of a command line that is not understood.
const FAILURE: i32 = 101;

/// Settings of programs that call [`test_main`] themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether the output of tests that pass is shown.
    pub display_output: bool,
    /// Whether tests run in this process where panics end it.
    pub panic_abort: bool,
}

impl Options {
    /// The usual ones.
    pub fn new() -> Options {
        Options::default()
    }

    /// With the output of tests that pass shown or not.
    pub fn display_output(mut self, display_output: bool) -> Options {
        self.display_output = display_output;
        self
    }

    /// With tests in processes of their own or not.
    pub fn panic_abort(mut self, panic_abort: bool) -> Options {
        self.panic_abort = panic_abort;
        self
    }
}

/// Runs the tests of a program whose panics unwind, and ends the process if any fails.
pub fn test_main_static(tests: &[&TestDescAndFn]) {
    let arguments: Vec<String> = env::args().collect();
    test_main(&arguments, copies(tests), None);
}

/// Runs the tests of a program whose panics end it, each in a process of its own; ends the process if any fails.
pub fn test_main_static_abort(tests: &[&TestDescAndFn]) {
    if let Ok(name) = env::var(INVOKE) {
        // SAFETY: no other thread runs yet.
        unsafe { env::remove_var(INVOKE) };
        let found = copies(tests).into_iter().find(|test| test.desc.name.as_slice() == name);
        let test = found.unwrap_or_else(|| panic!("couldn't find a test with the provided name '{name}'"));
        run_invoked(test);
    }
    let arguments: Vec<String> = env::args().collect();
    test_main(&arguments, copies(tests), Some(Options::new().panic_abort(true)));
}

/// Runs tests as the command line says, its first item being the program's name; ends the process if any fails.
pub fn test_main(args: &[String], tests: Vec<TestDescAndFn>, options: Option<Options>) {
    test_main_with_exit_callback(args, tests, options, || {});
}

/// As [`test_main`], with something to do before the process ends for a failure.
pub fn test_main_with_exit_callback<F: FnOnce()>(
    args: &[String],
    tests: Vec<TestDescAndFn>,
    options: Option<Options>,
    exit_callback: F,
) {
    let options = options.unwrap_or_default();
    let mut arguments = match options::parse(args.get(1..).unwrap_or_default()) {
        Ok(Request::Run(arguments)) => arguments,
        Ok(Request::Help) => {
            usage::print(args.first().map_or("test", String::as_str));
            return;
        }
        Err(message) => {
            eprintln!("error: {message}");
            process::exit(FAILURE);
        }
    };
    if arguments.log_file.is_some() {
        // Without an end of line, as it stands there.
        eprint!("warning: `--logfile` is deprecated");
    }
    arguments.shows_output |= options.display_output;
    let own_process = options.panic_abort && !arguments.is_in_process;
    let strategy = if own_process { Strategy::OwnProcess } else { Strategy::InProcess };
    match act(&arguments, strategy, tests) {
        Ok(true) => {}
        Ok(false) => {
            exit_callback();
            process::exit(FAILURE);
        }
        Err(error) => {
            eprintln!("error: io error when running tests: {error:?}");
            exit_callback();
            process::exit(FAILURE);
        }
    }
}

fn act(arguments: &Arguments, strategy: Strategy, tests: Vec<TestDescAndFn>) -> io::Result<bool> {
    if arguments.is_list {
        return report::list(arguments, tests).map(|()| true);
    }
    #[cfg(panic = "unwind")]
    release_output_of_aborts(arguments);
    schedule::run(arguments, strategy, tests)
}

/// A panic that cannot unwind ends the process: what its test printed is shown, since nobody can report it later.
#[cfg(panic = "unwind")]
fn release_output_of_aborts(arguments: &Arguments) {
    use std::io::Write;
    use std::sync::PoisonError;

    if !arguments.captures {
        return;
    }
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.__can_unwind() {
            if let Some(sink) = io::set_output_capture(None) {
                let _cannot_say_so = io::stderr().write_all(&sink.lock().unwrap_or_else(PoisonError::into_inner));
            }
        }
        report(info);
    }));
}

fn copies(tests: &[&TestDescAndFn]) -> Vec<TestDescAndFn> {
    tests.iter().map(|test| test.copy_static()).collect()
}

/// Turns what a test returns into its result.
///
/// # Errors
/// If its status says failure.
pub fn assert_test_result<T: Termination>(result: T) -> Result<(), String> {
    match result.report().__to_i32() {
        0 => Ok(()),
        code => Err(format!(
            "Error: the test returned a termination value with a non-zero status code ({code}) which indicates a failure"
        )),
    }
}
