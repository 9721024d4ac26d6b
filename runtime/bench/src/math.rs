//! The math functions beside the C library's, in one process: largest error in units of the last place (against MPFR with
//! 140 bits), and cycles of the time stamp counter per call, as the rows of `docs/math-functions.md`.
//!
//! A host program: `cargo run --release -p runtime-bench --bin math [-- [POINTS] [NAME]]`. Without MPFR on the machine
//! the errors are left out. Calls do not depend on each other; the best of many short rounds counts, in turns. A round has
//! more arguments than a processor can learn the branches of: with a thousand it foresees which quadrant each angle is in.

#[path = "reference.rs"]
mod reference;

use std::arch::x86_64::{__rdtscp, _mm_lfence};
use std::ffi::CString;
use std::hint::black_box;

use reference::{Mpfr, library_function};

/// Where a function's arguments come from.
#[derive(Clone, Copy)]
enum Range {
    /// Evenly between two numbers.
    Even(f64, f64),
    /// Evenly by exponent of two between two exponents, of either sign if the second is so.
    Exponents(i32, i32, bool),
}

use Range::{Even, Exponents};

/// A name, and for each measurement the ranges of its one or two arguments.
struct Function {
    name: &'static str,
    ranges: &'static [(Range, Option<Range>)],
}

const fn one(range: Range) -> (Range, Option<Range>) {
    (range, None)
}

const TABLE: [Function; 19] = [
    Function { name: "exp", ranges: &[one(Even(-1.0, 1.0)), one(Even(-20.0, 20.0)), one(Even(-87.0, 88.0))] },
    Function { name: "exp2", ranges: &[one(Even(-1.0, 1.0)), one(Even(-20.0, 20.0)), one(Even(-126.0, 127.0))] },
    Function { name: "expm1", ranges: &[one(Exponents(-20, -3, true)), one(Even(-1.0, 1.0)), one(Even(-20.0, 80.0))] },
    Function { name: "log", ranges: &[one(Even(0.5, 2.0)), one(Even(0.0, 1000.0)), one(Exponents(-120, 120, false))] },
    Function { name: "log2", ranges: &[one(Even(0.5, 2.0)), one(Even(0.0, 1000.0)), one(Exponents(-120, 120, false))] },
    Function {
        name: "log10",
        ranges: &[one(Even(0.5, 2.0)), one(Even(0.0, 1000.0)), one(Exponents(-120, 120, false))],
    },
    Function { name: "log1p", ranges: &[one(Exponents(-20, -2, true)), one(Even(-0.9, 3.0)), one(Even(0.0, 1e6))] },
    Function { name: "sin", ranges: &[one(Even(-0.7, 0.7)), one(Even(-10.0, 10.0)), one(Even(-1e5, 1e5))] },
    Function { name: "cos", ranges: &[one(Even(-0.7, 0.7)), one(Even(-10.0, 10.0)), one(Even(-1e5, 1e5))] },
    Function { name: "tan", ranges: &[one(Even(-0.7, 0.7)), one(Even(-10.0, 10.0)), one(Even(-1e5, 1e5))] },
    Function { name: "asin", ranges: &[one(Even(-0.4, 0.4)), one(Even(-1.0, 1.0))] },
    Function { name: "acos", ranges: &[one(Even(-0.4, 0.4)), one(Even(-1.0, 1.0))] },
    Function { name: "atan", ranges: &[one(Even(-0.5, 0.5)), one(Even(-10.0, 10.0)), one(Exponents(-40, 40, true))] },
    Function { name: "sinh", ranges: &[one(Even(-1.0, 1.0)), one(Even(-20.0, 20.0))] },
    Function { name: "cosh", ranges: &[one(Even(-1.0, 1.0)), one(Even(-20.0, 20.0))] },
    Function { name: "tanh", ranges: &[one(Even(-1.0, 1.0)), one(Even(-10.0, 10.0))] },
    Function { name: "atan2", ranges: &[(Even(-10.0, 10.0), Some(Even(-10.0, 10.0)))] },
    Function { name: "hypot", ranges: &[(Even(-10.0, 10.0), Some(Even(-10.0, 10.0)))] },
    Function {
        name: "pow",
        ranges: &[
            (Even(0.0, 10.0), Some(Even(-10.0, 10.0))),
            (Even(0.5, 2.0), Some(Even(-60.0, 60.0))),
            (Exponents(-20, 20, false), Some(Even(-6.0, 6.0))),
        ],
    },
];

/// Arguments of a round.
const INPUTS: usize = 20_000;

/// A generator of pseudo-random numbers (xorshift).
struct Random(u64);

impl Random {
    /// Evenly from 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn from(&mut self, range: Range) -> f64 {
        match range {
            Even(low, high) => low + self.next() * (high - low),
            Exponents(low, high, signed) => {
                let magnitude = (f64::from(low) + self.next() * f64::from(high - low)).exp2();
                if signed && self.next() < 0.5 { -magnitude } else { magnitude }
            }
        }
    }
}

fn now() -> u64 {
    // SAFETY: x86-64 has both; the fence keeps what follows from starting early.
    unsafe {
        let ticks = __rdtscp(&mut 0);
        _mm_lfence();
        ticks
    }
}

/// Least ticks of either, in turns.
fn race(mut ours: impl FnMut(), mut theirs: impl FnMut()) -> (f64, f64) {
    let mut best = (u64::MAX, u64::MAX);
    for _ in 0..60 {
        let start = now();
        ours();
        let middle = now();
        theirs();
        best = (best.0.min(middle - start), best.1.min(now() - middle));
    }
    (best.0 as f64, best.1 as f64)
}

/// What a measurement gives: errors of ours and of the C library's, and the ratio of the times.
#[derive(Clone, Copy, Default)]
struct Result {
    ours: f64,
    theirs: f64,
    ratio: f64,
}

macro_rules! measure {
    ($function:ident, $float:ty, $bits:expr) => {
        /// One function over one range.
        fn $function(name: &str, range: (Range, Option<Range>), points: usize, mpfr: Option<&Mpfr>) -> Result {
            type One = extern "C" fn($float) -> $float;
            type Two = extern "C" fn($float, $float) -> $float;
            let symbol = if $bits == 24 { format!("{name}f") } else { name.to_owned() };
            let theirs = library_function(&CString::new(symbol.clone()).expect("a name"));
            let ours = reference::our_function(&symbol);
            let mut random = Random(0x9e37_79b9_7f4a_7c15);
            let second = range.1.unwrap_or(Even(0.0, 1.0));
            let mut sample = |count| -> Vec<($float, $float)> {
                (0..count).map(|_| (random.from(range.0) as $float, random.from(second) as $float)).collect()
            };
            let inputs = sample(INPUTS);
            let (ticks, their_ticks);
            let mut result = Result::default();
            let all = if mpfr.is_some() { sample(points) } else { Vec::new() };
            if range.1.is_none() {
                let as_function = |pointer| {
                    // SAFETY: the signature of C, on either side.
                    unsafe { std::mem::transmute::<*const (), One>(pointer) }
                };
                let (ours, theirs) = (as_function(ours), as_function(theirs));
                let all_of = |f: One| inputs.iter().for_each(|&(x, _)| _ = black_box(f(x)));
                (ticks, their_ticks) = race(|| all_of(black_box(ours)), || all_of(black_box(theirs)));
                for &(x, _) in &all {
                    let errors =
                        mpfr.expect("a reference").errors(name, &[x.into()], [ours(x).into(), theirs(x).into()], $bits);
                    result.ours = result.ours.max(errors[0]);
                    result.theirs = result.theirs.max(errors[1]);
                }
            } else {
                let as_function = |pointer| {
                    // SAFETY: the signature of C, on either side.
                    unsafe { std::mem::transmute::<*const (), Two>(pointer) }
                };
                let (ours, theirs) = (as_function(ours), as_function(theirs));
                let all_of = |f: Two| inputs.iter().for_each(|&(x, y)| _ = black_box(f(x, y)));
                (ticks, their_ticks) = race(|| all_of(black_box(ours)), || all_of(black_box(theirs)));
                for &(x, y) in &all {
                    let errors = mpfr.expect("a reference").errors(
                        name,
                        &[x.into(), y.into()],
                        [ours(x, y).into(), theirs(x, y).into()],
                        $bits,
                    );
                    result.ours = result.ours.max(errors[0]);
                    result.theirs = result.theirs.max(errors[1]);
                }
            }
            result.ratio = ticks / their_ticks;
            eprintln!(
                "{symbol}\t{:.1}\t{:.1}\t{:.2}",
                ticks / INPUTS as f64,
                their_ticks / INPUTS as f64,
                result.ratio
            );
            result
        }
    };
}

measure!(doubles, f64, 53);
measure!(singles, f32, 24);

/// The worst errors over all ranges, and the mean ratio (geometric).
fn together(results: &[Result]) -> Result {
    let worst = |of: fn(&Result) -> f64| results.iter().map(of).fold(0.0, f64::max);
    let mean = results.iter().map(|result| result.ratio.ln()).sum::<f64>() / results.len() as f64;
    Result { ours: worst(|r| r.ours), theirs: worst(|r| r.theirs), ratio: mean.exp() }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let points = arguments.next().map_or(100_000, |text| text.parse().expect("a number of points"));
    let only = arguments.next();
    let mpfr = (points > 0).then(Mpfr::load).flatten();
    println!("| function | ours, f64 | glibc, f64 | time | ours, f32 | glibc, f32 | time |");
    println!("|---|---|---|---|---|---|---|");
    for Function { name, ranges } in TABLE {
        if only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        let double =
            together(&ranges.iter().map(|&range| doubles(name, range, points, mpfr.as_ref())).collect::<Vec<_>>());
        let single =
            together(&ranges.iter().map(|&range| singles(name, range, points, mpfr.as_ref())).collect::<Vec<_>>());
        println!(
            "| {name} | {:.3} | {:.3} | {:.2} | {:.3} | {:.3} | {:.2} |",
            double.ours, double.theirs, double.ratio, single.ours, single.theirs, single.ratio
        );
    }
}
