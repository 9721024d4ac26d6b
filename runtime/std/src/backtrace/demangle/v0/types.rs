//! Types, with their lifetimes.

use super::{DEEPEST, Outcome, Printer};
use crate::fmt;

impl Printer<'_> {
    /// A type.
    pub(super) fn kind(&mut self) -> Outcome {
        let letter = self.next();
        if let Some(name) = basic(letter) {
            return self.print(name);
        }
        self.enter()?;
        match letter {
            b'R' | b'Q' => {
                self.print("&")?;
                if self.eat(b'L') {
                    let index = self.base_62()?;
                    if index != 0 {
                        self.lifetime(index)?;
                        self.print(" ")?;
                    }
                }
                self.print(if letter == b'Q' { "mut " } else { "" })?;
                self.kind()?;
            }
            b'P' | b'O' => {
                self.print(if letter == b'P' { "*const " } else { "*mut " })?;
                self.kind()?;
            }
            b'A' | b'S' => {
                self.print("[")?;
                self.kind()?;
                if letter == b'A' {
                    self.print("; ")?;
                    self.constant()?;
                }
                self.print("]")?;
            }
            b'T' => {
                self.print("(")?;
                let count = self.list(Self::kind)?;
                self.print(if count == 1 { ",)" } else { ")" })?;
            }
            b'F' => self.bound(Self::function)?,
            b'D' => self.object()?,
            b'B' => self.back_reference(Self::kind)?,
            _ => {
                self.at -= 1;
                self.path(false)?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn function(&mut self) -> Outcome {
        if self.eat(b'U') {
            self.print("unsafe ")?;
        }
        if self.eat(b'K') {
            self.print("extern \"")?;
            if self.eat(b'C') {
                self.print("C")?;
            } else {
                let name = self.plain_identifier()?;
                for part in name.name.split_inclusive(|byte| *byte == b'_') {
                    let (text, dash) = part.strip_suffix(b"_").map_or((part, ""), |text| (text, "-"));
                    self.print(core::str::from_utf8(text).map_err(|_| fmt::Error)?)?;
                    self.print(dash)?;
                }
            }
            self.print("\" ")?;
        }
        self.print("fn(")?;
        self.list(Self::kind)?;
        self.print(")")?;
        if self.eat(b'u') {
            return Ok(());
        }
        self.print(" -> ")?;
        self.kind()
    }

    fn object(&mut self) -> Outcome {
        self.print("dyn ")?;
        self.bound(|inside| {
            let mut is_first = true;
            while !inside.eat(b'E') {
                inside.print(if is_first { "" } else { " + " })?;
                is_first = false;
                inside.object_trait()?;
            }
            Ok(())
        })?;
        if !self.eat(b'L') {
            return Err(fmt::Error);
        }
        let index = self.base_62()?;
        if index != 0 {
            self.print(" + ")?;
            self.lifetime(index)?;
        }
        Ok(())
    }

    /// A trait with its associated types: `Iterator<Item = u8>`.
    fn object_trait(&mut self) -> Outcome {
        let mut is_open = self.open_path()?;
        while self.eat(b'p') {
            self.print(if is_open { ", " } else { "<" })?;
            is_open = true;
            let name = self.plain_identifier()?;
            self.print_name(&name)?;
            self.print(" = ")?;
            self.kind()?;
        }
        self.print(if is_open { ">" } else { "" })
    }

    /// Runs `inside` with the lifetimes of a `for<…>`, if there is one.
    fn bound(&mut self, inside: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let count = self.optional_base_62(b'G')?;
        if count > DEEPEST as u64 {
            return Err(fmt::Error);
        }
        if count > 0 {
            self.print("for<")?;
            for index in 0..count {
                if index > 0 {
                    self.print(", ")?;
                }
                self.binders += 1;
                self.lifetime(1)?;
            }
            self.print("> ")?;
        }
        inside(self)?;
        self.binders -= count;
        Ok(())
    }

    pub(super) fn lifetime(&mut self, index: u64) -> Outcome {
        if index == 0 {
            return self.print("'_");
        }
        let depth = self.binders.checked_sub(index).ok_or(fmt::Error)?;
        self.print("'")?;
        match u8::try_from(depth) {
            Ok(depth @ 0..26) => self.print(core::str::from_utf8(&[b'a' + depth]).map_err(|_| fmt::Error)?),
            _ => {
                self.print("_")?;
                self.print_number(depth)
            }
        }
    }
}

/// The types with a letter of their own.
fn basic(letter: u8) -> Option<&'static str> {
    Some(match letter {
        b'b' => "bool",
        b'c' => "char",
        b'e' => "str",
        b'u' => "()",
        b'a' => "i8",
        b's' => "i16",
        b'l' => "i32",
        b'x' => "i64",
        b'n' => "i128",
        b'i' => "isize",
        b'h' => "u8",
        b't' => "u16",
        b'm' => "u32",
        b'y' => "u64",
        b'o' => "u128",
        b'j' => "usize",
        b'f' => "f32",
        b'd' => "f64",
        b'z' => "!",
        b'p' => "_",
        b'v' => "...",
        _ => return None,
    })
}
