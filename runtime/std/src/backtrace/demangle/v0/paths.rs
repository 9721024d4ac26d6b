//! Paths: crates, items in items, implementations, generic arguments.

use super::reading::Identifier;
use super::{Outcome, Printer};
use crate::fmt;

impl Printer<'_> {
    pub(super) fn path(&mut self, is_value: bool) -> Outcome {
        self.enter()?;
        match self.next() {
            b'C' => {
                let name = self.identifier()?;
                self.print_name(&name)?;
            }
            b'N' => self.nested(is_value)?,
            letter @ (b'M' | b'X' | b'Y') => self.implementation(letter)?,
            b'I' => {
                self.path(is_value)?;
                self.print(if is_value { "::<" } else { "<" })?;
                self.list(Self::generic_argument)?;
                self.print(">")?;
            }
            b'B' => self.back_reference(|inside| inside.path(is_value))?,
            _ => return Err(fmt::Error),
        }
        self.depth -= 1;
        Ok(())
    }

    fn nested(&mut self, is_value: bool) -> Outcome {
        let space = self.next();
        self.path(is_value)?;
        let name = self.identifier()?;
        if !space.is_ascii_uppercase() {
            if !name.name.is_empty() {
                self.print("::")?;
                self.print_name(&name)?;
            }
            return Ok(());
        }
        self.print("::{")?;
        match space {
            b'C' => self.print("closure")?,
            b'S' => self.print("shim")?,
            other => self.print(core::str::from_utf8(&[other]).map_err(|_| fmt::Error)?)?,
        }
        if !name.name.is_empty() {
            self.print(":")?;
            self.print_name(&name)?;
        }
        self.print("#")?;
        self.print_number(name.number)?;
        self.print("}")
    }

    /// `<Type>`, or `<Type as Trait>`; where the implementation stands is left out.
    fn implementation(&mut self, letter: u8) -> Outcome {
        if letter != b'Y' {
            self.optional_base_62(b's')?;
            let was_quiet = core::mem::replace(&mut self.is_quiet, true);
            self.path(false)?;
            self.is_quiet = was_quiet;
        }
        self.print("<")?;
        self.kind()?;
        if letter != b'M' {
            self.print(" as ")?;
            self.path(false)?;
        }
        self.print(">")
    }

    pub(super) fn generic_argument(&mut self) -> Outcome {
        if self.eat(b'L') {
            let index = self.base_62()?;
            return self.lifetime(index);
        }
        if self.eat(b'K') { self.constant() } else { self.kind() }
    }

    /// A path whose generic arguments, if any, are left open; says whether they are.
    pub(super) fn open_path(&mut self) -> Outcome<bool> {
        if self.eat(b'B') {
            let mut is_open = false;
            self.back_reference(|inside| {
                is_open = inside.open_path()?;
                Ok(())
            })?;
            return Ok(is_open);
        }
        if !self.eat(b'I') {
            return self.path(false).map(|()| false);
        }
        self.path(false)?;
        self.print("<")?;
        self.list(Self::generic_argument)?;
        Ok(true)
    }

    pub(super) fn print_name(&mut self, identifier: &Identifier<'_>) -> Outcome {
        let name = core::str::from_utf8(identifier.name).map_err(|_| fmt::Error)?;
        if identifier.is_punycode {
            // As the tools of the toolchain show what they do not decode.
            self.print("punycode{")?;
            self.print(name)?;
            return self.print("}");
        }
        self.print(name)
    }
}
