//! Constants in generic arguments and array lengths.

use super::{Outcome, Printer};
use crate::fmt;

impl Printer<'_> {
    /// A constant: an integer, a truth value, a character, or something unknown.
    pub(super) fn constant(&mut self) -> Outcome {
        self.enter()?;
        match self.next() {
            b'p' => self.print("_")?,
            b'B' => self.back_reference(Self::constant)?,
            letter => {
                let is_signed = matches!(letter, b'a' | b's' | b'l' | b'x' | b'n' | b'i');
                let is_number = is_signed || matches!(letter, b'h' | b't' | b'm' | b'y' | b'o' | b'j');
                if !is_number && letter != b'b' && letter != b'c' {
                    return Err(fmt::Error);
                }
                if is_signed && self.eat(b'n') {
                    self.print("-")?;
                }
                self.constant_value(letter)?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn constant_value(&mut self, letter: u8) -> Outcome {
        let start = self.at;
        while self.peek().is_ascii_hexdigit() {
            self.at += 1;
        }
        let digits = core::str::from_utf8(&self.symbol[start..self.at]).map_err(|_| fmt::Error)?;
        if !self.eat(b'_') {
            return Err(fmt::Error);
        }
        let value = match digits {
            "" => Ok(0),
            digits => u64::from_str_radix(digits, 16),
        };
        match (letter, value) {
            (b'b', Ok(0)) => self.print("false"),
            (b'b', Ok(1)) => self.print("true"),
            (b'c', Ok(value)) => {
                let character = u32::try_from(value).ok().and_then(char::from_u32).ok_or(fmt::Error)?;
                self.print("'")?;
                for part in character.escape_debug() {
                    self.print(part.encode_utf8(&mut [0; 4]))?;
                }
                self.print("'")
            }
            (b'b', _) => Err(fmt::Error),
            (_, Ok(value)) => self.print_number(value),
            (_, Err(_)) => {
                self.print("0x")?;
                self.print(digits)
            }
        }
    }
}
