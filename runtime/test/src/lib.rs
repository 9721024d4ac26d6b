//! The harness of `#[test]`: what `rustc --test` compiles into every test program, with the command line, the output
//! and the exit codes of the toolchain's own `test` crate.
//!
//! Where panics unwind, each test has a thread of its own and what it prints is captured; where they end the process,
//! each test has a process of its own. `options` is the command line, `select` what runs, `schedule` when, `execute`
//! how, `outcome` what that means, `report` what is seen of it.
#![feature(staged_api)]
#![allow(internal_features)]
#![unstable(feature = "test", issue = "50297")]
#![deny(missing_docs)]

mod bench;
mod execute;
mod main_functions;
mod options;
mod outcome;
mod report;
mod schedule;
mod select;
mod types;
mod usage;

pub use bench::{BenchMode, Bencher};
pub use main_functions::{
    Options, assert_test_result, test_main, test_main_static, test_main_static_abort, test_main_with_exit_callback,
};
pub use std::hint::black_box;
pub use types::TestFn::*;
pub use types::TestName::*;
pub use types::{NamePadding, ShouldPanic, TestDesc, TestDescAndFn, TestFn, TestName, TestType};
