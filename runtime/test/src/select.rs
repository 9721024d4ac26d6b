//! Which tests run.

use crate::options::{Arguments, Ignored};
use crate::types::{ShouldPanic, TestDescAndFn};

/// The tests that the command line asks for, in their order.
pub(crate) fn select(arguments: &Arguments, mut tests: Vec<TestDescAndFn>) -> Vec<TestDescAndFn> {
    let names = |test: &TestDescAndFn, filter: &String| match arguments.is_exact {
        true => test.desc.name.as_slice() == filter,
        false => test.desc.name.as_slice().contains(filter.as_str()),
    };
    if !arguments.filters.is_empty() {
        tests.retain(|test| arguments.filters.iter().any(|filter| names(test, filter)));
    }
    tests.retain(|test| !arguments.skipped.iter().any(|filter| names(test, filter)));
    if arguments.excludes_should_panic {
        tests.retain(|test| test.desc.should_panic == ShouldPanic::No);
    }
    if arguments.ignored == Ignored::Only {
        tests.retain(|test| test.desc.ignore);
    }
    if arguments.ignored != Ignored::Skip {
        tests.iter_mut().for_each(|test| test.desc.ignore = false);
    }
    tests
}

/// Puts the tests into an order that depends on the seed alone (Fisher and Yates' shuffle).
pub(crate) fn shuffle(seed: u64, tests: &mut [TestDescAndFn]) {
    let mut state = seed;
    for at in (1..tests.len()).rev() {
        let other = (u128::from(next(&mut state)) * (at as u128 + 1)) >> 64;
        tests.swap(at, other as usize);
    }
}

/// The next number of the sequence "SplitMix64" (Steele, Lea, Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
