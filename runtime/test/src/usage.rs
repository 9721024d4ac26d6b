//! The text of `--help`.

/// Prints what the command line understands.
pub(crate) fn print(program: &str) {
    println!("Usage: {program} [OPTIONS] [FILTERS...]\n\n{OPTIONS}\n{NOTES}");
}

const OPTIONS: &str = "\
Options:
        --include-ignored
                        Run all tests, those with #[ignore] too
        --ignored       Run only tests with #[ignore]
        --force-run-in-process
                        Run tests in this process although a panic ends it
        --exclude-should-panic
                        Leave out tests with #[should_panic]
        --test          Run tests (the default without --bench)
        --bench         Measure benchmarks
        --list          List tests and benchmarks and run nothing
        --fail-fast     Start no further test after a failure
    -h, --help          Print this text
        --logfile PATH  Write a line per test to a file
        --no-capture    Let tests print to the terminal
        --test-threads COUNT
                        Run this many tests at once
        --skip FILTER   Leave out tests whose names contain FILTER; may be
                        given more than once
    -q, --quiet         One character per test, as --format=terse
        --exact         Filters are whole names
        --color auto|always|never
                        Colours in the output: on a terminal, always or never
        --format pretty|terse|json|junit
                        The form of the output: a line per test, a character
                        per test, JSON lines, a JUnit document
        --show-output   Show what tests that pass have printed
    -Z unstable-options Accept --fail-fast, --shuffle and other options that
                        may change
        --report-time   Say how long each test took
        --ensure-time   As --report-time
        --shuffle       Run tests in random order
        --shuffle-seed SEED
                        Run tests in the random order of a seed
";

const NOTES: &str = "\
A test runs if its name contains one of the filters, or if there is none.
Tests run at once in several threads, in alphabetical order; see
--test-threads and RUST_TEST_THREADS, --shuffle and RUST_TEST_SHUFFLE.
What a test prints is shown if it fails; see --no-capture and
RUST_TEST_NOCAPTURE.";
