//! The newer mangling (Rust RFC 2603): a prefix code for paths and types, read once from left to right. Hashes of crates
//! are left out.
//!
//! One printer walks through the symbol and writes as it goes; each file here has the part of the grammar that its name says.

mod constants;
mod paths;
mod reading;
mod types;

use crate::fmt::{self, Write};
use crate::sys::io::{NO_DIGITS, decimal};

/// What goes wrong is either the symbol's form or the writer; nobody asks which.
type Outcome<T = ()> = Result<T, fmt::Error>;

/// Nesting that no compiler makes.
const DEEPEST: usize = 200;
/// Back references can make a short symbol very long.
const LONGEST: usize = 1 << 16;

/// Writes the path behind `_R`.
pub(super) fn write(symbol: &str, out: &mut dyn Write) -> fmt::Result {
    let mut printer =
        Printer { symbol: symbol.as_bytes(), at: 0, out, is_quiet: false, depth: 0, binders: 0, length: 0 };
    // A number here would be that of a later version.
    if printer.peek().is_ascii_digit() {
        return Err(fmt::Error);
    }
    printer.path(true)
}

struct Printer<'a> {
    symbol: &'a [u8],
    at: usize,
    out: &'a mut dyn Write,
    /// Reads without writing.
    is_quiet: bool,
    depth: usize,
    /// Lifetimes that `for<…>` around this place has introduced.
    binders: u64,
    length: usize,
}

impl Printer<'_> {
    fn print(&mut self, text: &str) -> Outcome {
        if self.is_quiet {
            return Ok(());
        }
        self.length += text.len();
        if self.length > LONGEST {
            return Err(fmt::Error);
        }
        self.out.write_str(text)
    }

    fn print_number(&mut self, number: u64) -> Outcome {
        self.print(decimal(number, &mut { NO_DIGITS }))
    }

    fn enter(&mut self) -> Outcome {
        self.depth += 1;
        if self.depth > DEEPEST { Err(fmt::Error) } else { Ok(()) }
    }

    /// Runs `inside` at an earlier place.
    fn back_reference(&mut self, inside: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let here = self.at - 1;
        let target = usize::try_from(self.base_62()?).map_err(|_| fmt::Error)?;
        if target >= here {
            return Err(fmt::Error);
        }
        let back = core::mem::replace(&mut self.at, target);
        if !self.is_quiet {
            inside(self)?;
        }
        self.at = back;
        Ok(())
    }

    /// Items up to `E`, with commas; says how many.
    fn list(&mut self, item: impl Fn(&mut Self) -> Outcome) -> Outcome<usize> {
        let mut count = 0;
        while !self.eat(b'E') {
            if count > 0 {
                self.print(", ")?;
            }
            item(self)?;
            count += 1;
        }
        Ok(count)
    }
}
