//! The command line, and the environment variables that stand for parts of it.

use std::num::NonZero;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, thread};

/// What happens with tests that have `#[ignore]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ignored {
    Skip,
    Only,
    Include,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Pretty,
    Terse,
    Json,
    Junit,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// What a command line asks for.
#[derive(Clone, Debug)]
pub(crate) struct Arguments {
    pub(crate) filters: Vec<String>,
    pub(crate) skipped: Vec<String>,
    pub(crate) is_exact: bool,
    pub(crate) ignored: Ignored,
    pub(crate) excludes_should_panic: bool,
    pub(crate) runs_tests: bool,
    pub(crate) runs_benchmarks: bool,
    pub(crate) is_list: bool,
    pub(crate) fails_fast: bool,
    pub(crate) is_in_process: bool,
    pub(crate) captures: bool,
    pub(crate) shows_output: bool,
    pub(crate) reports_time: bool,
    pub(crate) log_file: Option<String>,
    pub(crate) threads: usize,
    pub(crate) color: Color,
    pub(crate) format: Format,
    pub(crate) shuffle_seed: Option<u64>,
}

/// What to do.
pub(crate) enum Request {
    Help,
    Run(Box<Arguments>),
}

const FLAGS: [&str; 15] = [
    "include-ignored",
    "ignored",
    "force-run-in-process",
    "exclude-should-panic",
    "test",
    "bench",
    "list",
    "fail-fast",
    "help",
    "no-capture",
    "nocapture",
    "quiet",
    "exact",
    "show-output",
    "report-time",
];
const MORE_FLAGS: [&str; 2] = ["ensure-time", "shuffle"];
const WITH_VALUE: [&str; 6] = ["logfile", "test-threads", "color", "format", "Z", "shuffle-seed"];

/// The options as they were given.
#[derive(Default)]
struct Given {
    flags: Vec<String>,
    values: Vec<(String, String)>,
    free: Vec<String>,
}

impl Given {
    fn has(&self, name: &str) -> bool {
        self.flags.iter().any(|flag| flag == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn add_flag(&mut self, name: &str, value: Option<&str>) -> Result<(), String> {
        if value.is_some() {
            return Err(format!("Option '{name}' does not take an argument"));
        }
        if self.has(name) {
            return Err(format!("Option '{name}' given more than once"));
        }
        self.flags.push(name.to_owned());
        Ok(())
    }

    fn add_value(&mut self, name: &str, value: Option<String>) -> Result<(), String> {
        let value = value.ok_or_else(|| format!("Argument to option '{name}' missing"))?;
        if self.value(name).is_some() && !matches!(name, "skip" | "Z") {
            return Err(format!("Option '{name}' given more than once"));
        }
        self.values.push((name.to_owned(), value));
        Ok(())
    }

    fn add_long(&mut self, text: &str, rest: &mut dyn Iterator<Item = String>) -> Result<(), String> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        if FLAGS.contains(&name) || MORE_FLAGS.contains(&name) {
            self.add_flag(name, value)
        } else if (WITH_VALUE.contains(&name) && name.len() > 1) || name == "skip" {
            self.add_value(name, value.map(str::to_owned).or_else(|| rest.next()))
        } else {
            Err(format!("Unrecognized option: '{name}'"))
        }
    }

    fn add_short(&mut self, letters: &str, rest: &mut dyn Iterator<Item = String>) -> Result<(), String> {
        for (at, letter) in letters.char_indices() {
            match letter {
                'h' => self.add_flag("help", None)?,
                'q' => self.add_flag("quiet", None)?,
                'Z' => {
                    let value = &letters[at + 1..];
                    return self.add_value("Z", if value.is_empty() { rest.next() } else { Some(value.to_owned()) });
                }
                _ => return Err(format!("Unrecognized option: '{letter}'")),
            }
        }
        Ok(())
    }
}

fn split(arguments: &[String]) -> Result<Given, String> {
    let mut given = Given::default();
    let mut rest = arguments.iter().cloned();
    while let Some(argument) = rest.next() {
        if argument == "--" {
            given.free.extend(rest.by_ref());
        } else if let Some(long) = argument.strip_prefix("--") {
            given.add_long(long, &mut rest)?;
        } else if let Some(letters) = argument.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            given.add_short(letters, &mut rest)?;
        } else {
            given.free.push(argument);
        }
    }
    Ok(given)
}

/// Whether a variable is set to anything but "0".
fn is_set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| value != "0")
}

/// Takes a command line.
///
/// # Errors
/// A message for the user.
pub(crate) fn parse(arguments: &[String]) -> Result<Request, String> {
    let given = split(arguments)?;
    let allows_unstable = allows_unstable(&given)?;
    if given.has("help") {
        return Ok(Request::Help);
    }
    for flag in ["exclude-should-panic", "shuffle", "force-run-in-process", "fail-fast", "report-time", "ensure-time"] {
        if given.has(flag) && !allows_unstable {
            return Err(format!(
                "The \"{flag}\" flag is only accepted on the nightly compiler with -Z unstable-options"
            ));
        }
    }
    let runs_benchmarks = given.has("bench");
    Ok(Request::Run(Box::new(Arguments {
        filters: given.free.clone(),
        skipped: given.values.iter().filter(|(name, _)| name == "skip").map(|(_, value)| value.clone()).collect(),
        is_exact: given.has("exact"),
        ignored: ignored(&given)?,
        excludes_should_panic: given.has("exclude-should-panic"),
        runs_tests: !runs_benchmarks || given.has("test"),
        runs_benchmarks,
        is_list: given.has("list"),
        fails_fast: given.has("fail-fast"),
        is_in_process: given.has("force-run-in-process"),
        captures: !(given.has("nocapture") || given.has("no-capture") || is_set("RUST_TEST_NOCAPTURE")),
        shows_output: given.has("show-output"),
        reports_time: given.has("report-time") || given.has("ensure-time"),
        log_file: given.value("logfile").map(str::to_owned),
        threads: threads(&given)?,
        color: color(&given)?,
        format: format(&given, allows_unstable)?,
        shuffle_seed: shuffle_seed(&given, allows_unstable)?,
    })))
}

fn allows_unstable(given: &Given) -> Result<bool, String> {
    let mut allows = false;
    for (_, value) in given.values.iter().filter(|(name, _)| name == "Z") {
        // As the compiler itself: another channel's options with RUSTC_BOOTSTRAP only.
        if cfg!(fullrust_stable_channel) && !is_set("RUSTC_BOOTSTRAP") {
            return Err("the option `Z` is only accepted on the nightly compiler".to_owned());
        }
        if value != "unstable-options" {
            return Err("Unrecognized option to `Z`".to_owned());
        }
        allows = true;
    }
    Ok(allows)
}

fn ignored(given: &Given) -> Result<Ignored, String> {
    match (given.has("include-ignored"), given.has("ignored")) {
        (true, true) => Err("the options --include-ignored and --ignored are mutually exclusive".to_owned()),
        (true, false) => Ok(Ignored::Include),
        (false, true) => Ok(Ignored::Only),
        (false, false) => Ok(Ignored::Skip),
    }
}

fn threads(given: &Given) -> Result<usize, String> {
    if let Some(text) = given.value("test-threads") {
        return match text.parse() {
            Ok(0) => Err("argument for --test-threads must not be 0".to_owned()),
            Ok(count) => Ok(count),
            Err(error) => Err(format!("argument for --test-threads must be a number > 0 (error: {error})")),
        };
    }
    match env::var("RUST_TEST_THREADS") {
        Ok(text) => match text.parse::<NonZero<usize>>() {
            Ok(count) => Ok(count.get()),
            Err(_) => panic!("RUST_TEST_THREADS is `{text}`, should be a positive integer."),
        },
        Err(_) => Ok(thread::available_parallelism().map_or(1, NonZero::get)),
    }
}

fn color(given: &Given) -> Result<Color, String> {
    match given.value("color") {
        None | Some("auto") => Ok(Color::Auto),
        Some("always") => Ok(Color::Always),
        Some("never") => Ok(Color::Never),
        Some(other) => Err(format!("argument for --color must be auto, always, or never (was {other})")),
    }
}

fn format(given: &Given, allows_unstable: bool) -> Result<Format, String> {
    let format = match given.value("format") {
        None if given.has("quiet") => Format::Terse,
        None | Some("pretty") => Format::Pretty,
        Some("terse") => Format::Terse,
        Some("json") => Format::Json,
        Some("junit") => Format::Junit,
        Some(other) => {
            return Err(format!("argument for --format must be pretty, terse, json or junit (was {other})"));
        }
    };
    if matches!(format, Format::Json | Format::Junit) && !allows_unstable {
        let name = given.value("format").unwrap_or_default();
        return Err(format!("The \"{name}\" format is only accepted on the nightly compiler with -Z unstable-options"));
    }
    Ok(format)
}

fn shuffle_seed(given: &Given, allows_unstable: bool) -> Result<Option<u64>, String> {
    if let Some(text) = given.value("shuffle-seed") {
        if !allows_unstable {
            return Err("The \"shuffle-seed\" flag is only accepted on the nightly compiler with -Z unstable-options"
                .to_owned());
        }
        return match text.parse() {
            Ok(seed) => Ok(Some(seed)),
            Err(error) => Err(format!("argument for --shuffle-seed must be a number (error: {error})")),
        };
    }
    if allows_unstable {
        if let Ok(text) = env::var("RUST_TEST_SHUFFLE_SEED") {
            let seed =
                text.parse().unwrap_or_else(|_| panic!("RUST_TEST_SHUFFLE_SEED is `{text}`, should be a number."));
            return Ok(Some(seed));
        }
    }
    if !given.has("shuffle") && !(allows_unstable && is_set("RUST_TEST_SHUFFLE")) {
        return Ok(None);
    }
    // A seed short enough to be typed again.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Some(now.as_nanos() as u64 % 1_000_000_000))
}
