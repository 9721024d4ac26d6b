//! Benchmarks: how often a function has to run for a clock to see it, and how long it took.

use crate::outcome::Outcome;
use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

/// Whether a benchmark is measured or only tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BenchMode {
    /// Measured.
    Auto,
    /// Run once.
    Single,
}

/// Given to each benchmark, which hands what it measures to [`Bencher::iter`].
#[derive(Clone, Debug)]
pub struct Bencher {
    mode: BenchMode,
    samples: Option<Samples>,
    /// Bytes that each round works on, if throughput is of interest.
    pub bytes: u64,
}

/// How long one round takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Samples {
    pub(crate) median: f64,
    /// From the shortest to the longest sample.
    pub(crate) spread: f64,
    pub(crate) megabytes_per_second: u64,
}

/// Samples in a series.
const COUNT: usize = 50;

impl Bencher {
    /// Runs the function as often as it takes to measure it.
    pub fn iter<T, F: FnMut() -> T>(&mut self, mut inner: F) {
        match self.mode {
            BenchMode::Single => drop(black_box(inner())),
            BenchMode::Auto => self.samples = Some(sample(&mut inner)),
        }
    }

    fn new(mode: BenchMode) -> Bencher {
        Bencher { mode, samples: None, bytes: 0 }
    }
}

fn time<T, F: FnMut() -> T>(inner: &mut F, rounds: u64) -> Duration {
    let start = Instant::now();
    for _ in 0..rounds {
        black_box(inner());
    }
    start.elapsed()
}

/// A series of samples of about a millisecond each, until two series agree or three seconds are over.
fn sample<T, F: FnMut() -> T>(inner: &mut F) -> Samples {
    let one = time(inner, 1).as_nanos().max(1) as u64;
    let mut rounds = (1_000_000 / one).max(1);
    let mut total = Duration::ZERO;
    loop {
        let start = Instant::now();
        let short = series(inner, rounds);
        let long = series(inner, rounds.saturating_mul(5));
        let took = start.elapsed();
        total += took;
        let is_steady = long.spread < long.median / 10.0 && (short.median - long.median).abs() < long.spread;
        if (took > Duration::from_millis(100) && is_steady) || total > Duration::from_secs(3) {
            return long;
        }
        rounds = match rounds.checked_mul(10) {
            Some(_) if took > Duration::from_millis(100) => rounds.saturating_mul(2),
            Some(more) => more,
            None => return long,
        };
    }
}

fn series<T, F: FnMut() -> T>(inner: &mut F, rounds: u64) -> Samples {
    let mut times: Vec<f64> = (0..COUNT).map(|_| time(inner, rounds).as_nanos() as f64 / rounds as f64).collect();
    times.sort_by(f64::total_cmp);
    // Outliers beyond the outer twentieths count as the samples there.
    let (low, high) = (times[COUNT / 20], times[COUNT - 1 - COUNT / 20]);
    Samples { median: (times[COUNT / 2 - 1] + times[COUNT / 2]) / 2.0, spread: high - low, megabytes_per_second: 0 }
}

/// Measures a benchmark.
pub(crate) fn measure(function: impl Fn(&mut Bencher) -> Result<(), String>) -> Outcome {
    let mut bencher = Bencher::new(BenchMode::Auto);
    match panic::catch_unwind(AssertUnwindSafe(|| function(&mut bencher))) {
        Err(_) | Ok(Err(_)) => Outcome::Failed,
        Ok(Ok(())) => {
            // A benchmark that measures nothing takes no time.
            let mut samples = bencher.samples.unwrap_or(Samples { median: 0.0, spread: 0.0, megabytes_per_second: 0 });
            let nanoseconds = samples.median.max(1.0);
            samples.megabytes_per_second = (bencher.bytes as f64 * 1000.0 / nanoseconds) as u64;
            Outcome::Measured(samples)
        }
    }
}

/// Runs a benchmark once, to see that it works.
pub(crate) fn run_once(function: impl FnOnce(&mut Bencher) -> Result<(), String>) -> Result<(), String> {
    function(&mut Bencher::new(BenchMode::Single))
}
