//! Which tests run.

use crate::options::{Arguments, Ignored};
use crate::types::{ShouldPanic, TestDescAndFn};
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

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

/// Puts the tests into an order that depends on their names and the seed alone: for one seed, the order of the toolchain's
/// own `test` crate, so that a failure of one order can be looked at under either.
pub(crate) fn shuffle(seed: u64, tests: &mut VecDeque<TestDescAndFn>) {
    let tests = tests.make_contiguous();
    let names = hash_of_names(tests);
    let mut state = seed;
    for at in 0..tests.len() {
        state = hash(&(state, names));
        tests.swap(at, at + (state % (tests.len() - at) as u64) as usize);
    }
}

/// As a list of names in that crate's third form: text, and how it is padded.
fn hash_of_names(tests: &[TestDescAndFn]) -> u64 {
    const ALIGNED: isize = 2;
    let names: Vec<_> =
        tests.iter().map(|test| (ALIGNED, test.desc.name.as_slice(), test.testfn.padding() as isize)).collect();
    hash(&names)
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
