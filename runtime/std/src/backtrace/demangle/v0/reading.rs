//! The smallest elements of a symbol: letters, numbers, identifiers.

use super::{Outcome, Printer};
use crate::fmt;

/// A name and the number that tells it from others of that name.
pub(super) struct Identifier<'a> {
    pub(super) number: u64,
    pub(super) name: &'a [u8],
    pub(super) is_punycode: bool,
}

impl<'a> Printer<'a> {
    /// The next byte; 0 at the end.
    pub(super) fn peek(&self) -> u8 {
        self.symbol.get(self.at).copied().unwrap_or(0)
    }

    pub(super) fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == byte;
        self.at += usize::from(is_there);
        is_there
    }

    /// `[0-9a-zA-Z]* _`, one more than its digits say, for `_` alone is 0.
    pub(super) fn base_62(&mut self) -> Outcome<u64> {
        if self.eat(b'_') {
            return Ok(0);
        }
        let mut value: u64 = 0;
        loop {
            let digit = match self.next() {
                b'_' => return value.checked_add(1).ok_or(fmt::Error),
                byte @ b'0'..=b'9' => byte - b'0',
                byte @ b'a'..=b'z' => byte - b'a' + 10,
                byte @ b'A'..=b'Z' => byte - b'A' + 36,
                _ => return Err(fmt::Error),
            };
            value = value.checked_mul(62).and_then(|value| value.checked_add(digit.into())).ok_or(fmt::Error)?;
        }
    }

    /// A number behind a letter; 0 without the letter, else one more than the number.
    pub(super) fn optional_base_62(&mut self, letter: u8) -> Outcome<u64> {
        if self.eat(letter) { self.base_62()?.checked_add(1).ok_or(fmt::Error) } else { Ok(0) }
    }

    pub(super) fn plain_identifier(&mut self) -> Outcome<Identifier<'a>> {
        let is_punycode = self.eat(b'u');
        let start = self.at;
        let mut length: usize = 0;
        while self.peek().is_ascii_digit() && !(self.at > start && length == 0) {
            let digit = usize::from(self.next() - b'0');
            length = length.checked_mul(10).and_then(|length| length.checked_add(digit)).ok_or(fmt::Error)?;
        }
        if self.at == start {
            return Err(fmt::Error);
        }
        self.eat(b'_');
        let end = self.at.checked_add(length).ok_or(fmt::Error)?;
        let name = self.symbol.get(self.at..end).ok_or(fmt::Error)?;
        self.at = end;
        Ok(Identifier { number: 0, name, is_punycode })
    }

    pub(super) fn identifier(&mut self) -> Outcome<Identifier<'a>> {
        let number = self.optional_base_62(b's')?;
        Ok(Identifier { number, ..self.plain_identifier()? })
    }
}
