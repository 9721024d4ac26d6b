//! What the compiler says about each test. Names and fields are those that `rustc --test` writes into programs.

use crate::bench::Bencher;
use std::fmt;

/// Whether a test has to panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShouldPanic {
    /// It must not.
    No,
    /// It has to.
    Yes,
    /// It has to, with a message that contains this.
    YesWithMessage(&'static str),
}

/// The kind of crate that a test is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestType {
    /// Below `src`.
    UnitTest,
    /// Below `tests`.
    IntegrationTest,
    /// In documentation.
    DocTest,
    /// Nobody said.
    Unknown,
}

/// Whether names are filled up with blanks in reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamePadding {
    /// They are not.
    PadNone,
    /// Up to the longest one.
    PadOnRight,
}

/// A test's name: its path in the crate.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TestName {
    /// Known to the compiler.
    StaticTestName(&'static str),
    /// Made by the program.
    DynTestName(String),
}

impl TestName {
    /// The name.
    pub fn as_slice(&self) -> &str {
        match self {
            TestName::StaticTestName(name) => name,
            TestName::DynTestName(name) => name,
        }
    }
}

impl fmt::Display for TestName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_slice())
    }
}

/// What a test does.
pub enum TestFn {
    /// A test of the program's text.
    StaticTestFn(fn() -> Result<(), String>),
    /// A benchmark of the program's text.
    StaticBenchFn(fn(&mut Bencher) -> Result<(), String>),
    /// A benchmark that is run once, as a test.
    StaticBenchAsTestFn(fn(&mut Bencher) -> Result<(), String>),
    /// A test made by the program.
    DynTestFn(Box<dyn FnOnce() -> Result<(), String> + Send>),
    /// A benchmark made by the program.
    DynBenchFn(Box<dyn Fn(&mut Bencher) -> Result<(), String> + Send>),
    /// One that is run once, as a test.
    DynBenchAsTestFn(Box<dyn Fn(&mut Bencher) -> Result<(), String> + Send>),
}

impl TestFn {
    /// Whether it is measured.
    pub(crate) fn is_benchmark(&self) -> bool {
        matches!(self, TestFn::StaticBenchFn(_) | TestFn::DynBenchFn(_))
    }

    /// Whether its name is filled up in reports.
    pub fn padding(&self) -> NamePadding {
        if self.is_benchmark() { NamePadding::PadOnRight } else { NamePadding::PadNone }
    }

    /// A benchmark as a test.
    pub(crate) fn into_test(self) -> TestFn {
        match self {
            TestFn::StaticBenchFn(function) => TestFn::StaticBenchAsTestFn(function),
            TestFn::DynBenchFn(function) => TestFn::DynBenchAsTestFn(function),
            other => other,
        }
    }
}

impl fmt::Debug for TestFn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TestFn::StaticTestFn(_) => "StaticTestFn(..)",
            TestFn::StaticBenchFn(_) => "StaticBenchFn(..)",
            TestFn::StaticBenchAsTestFn(_) => "StaticBenchAsTestFn(..)",
            TestFn::DynTestFn(_) => "DynTestFn(..)",
            TestFn::DynBenchFn(_) => "DynBenchFn(..)",
            TestFn::DynBenchAsTestFn(_) => "DynBenchAsTestFn(..)",
        })
    }
}

/// What is known of a test before it runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TestDesc {
    /// Its path in the crate.
    pub name: TestName,
    /// Whether it has `#[ignore]`.
    pub ignore: bool,
    /// The reason that the attribute gives.
    pub ignore_message: Option<&'static str>,
    /// Where its name stands: the file.
    pub source_file: &'static str,
    /// The line of the first character, from 1.
    pub start_line: usize,
    /// The column of the first character, from 1.
    pub start_col: usize,
    /// The line of the last character.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_col: usize,
    /// Whether it has to panic.
    pub should_panic: ShouldPanic,
    /// Documentation that must not compile.
    pub compile_fail: bool,
    /// Documentation that is compiled only.
    pub no_run: bool,
    /// The kind of crate it is in.
    pub test_type: TestType,
}

impl TestDesc {
    /// What reports say behind the name.
    pub fn test_mode(&self) -> Option<&'static str> {
        if self.ignore {
            None
        } else if self.should_panic != ShouldPanic::No {
            Some("should panic")
        } else if self.compile_fail {
            Some("compile fail")
        } else if self.no_run {
            Some("compile")
        } else {
            None
        }
    }
}

/// A test.
#[derive(Debug)]
pub struct TestDescAndFn {
    /// What is known of it.
    pub desc: TestDesc,
    /// What it does.
    pub testfn: TestFn,
}

impl TestDescAndFn {
    /// A test in documentation.
    pub const fn new_doctest(
        test_name: &'static str,
        ignore: bool,
        source_file: &'static str,
        start_line: usize,
        no_run: bool,
        should_panic: bool,
        testfn: TestFn,
    ) -> Self {
        let desc = TestDesc {
            name: TestName::StaticTestName(test_name),
            ignore,
            ignore_message: None,
            source_file,
            start_line,
            start_col: 0,
            end_line: 0,
            end_col: 0,
            should_panic: if should_panic { ShouldPanic::Yes } else { ShouldPanic::No },
            compile_fail: false,
            no_run,
            test_type: TestType::DocTest,
        };
        TestDescAndFn { desc, testfn }
    }

    /// A copy of a test of the program's text.
    ///
    /// # Panics
    /// For one made by the program, which cannot be copied.
    pub(crate) fn copy_static(&self) -> TestDescAndFn {
        let testfn = match self.testfn {
            TestFn::StaticTestFn(function) => TestFn::StaticTestFn(function),
            TestFn::StaticBenchFn(function) => TestFn::StaticBenchFn(function),
            _ => panic!("non-static tests passed to test::test_main_static"),
        };
        TestDescAndFn { desc: self.desc.clone(), testfn }
    }
}
