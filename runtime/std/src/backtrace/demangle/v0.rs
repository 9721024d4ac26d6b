//! The newer mangling (Rust RFC 2603): a prefix code for paths and types, read once from left to right. Hashes of crates
//! are left out.

use crate::fmt::{self, Write};

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

/// A name and the number that tells it from others of that name.
struct Identifier<'a> {
    number: u64,
    name: &'a [u8],
    is_punycode: bool,
}

impl<'a> Printer<'a> {
    /// The next byte; 0 at the end.
    fn peek(&self) -> u8 {
        self.symbol.get(self.at).copied().unwrap_or(0)
    }

    fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == byte;
        self.at += usize::from(is_there);
        is_there
    }

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
        let mut digits = [0; 20];
        let mut start = digits.len();
        let mut rest = number;
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.print(core::str::from_utf8(&digits[start..]).map_err(|_| fmt::Error)?)
    }

    /// `[0-9a-zA-Z]* _`, one more than its digits say, for `_` alone is 0.
    fn base_62(&mut self) -> Outcome<u64> {
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
    fn optional_base_62(&mut self, letter: u8) -> Outcome<u64> {
        if self.eat(letter) { self.base_62()?.checked_add(1).ok_or(fmt::Error) } else { Ok(0) }
    }

    fn plain_identifier(&mut self) -> Outcome<Identifier<'a>> {
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

    fn identifier(&mut self) -> Outcome<Identifier<'a>> {
        let number = self.optional_base_62(b's')?;
        Ok(Identifier { number, ..self.plain_identifier()? })
    }

    fn print_name(&mut self, identifier: &Identifier<'_>) -> Outcome {
        let name = core::str::from_utf8(identifier.name).map_err(|_| fmt::Error)?;
        if identifier.is_punycode {
            // As the tools of the toolchain show what they do not decode.
            self.print("punycode{")?;
            self.print(name)?;
            return self.print("}");
        }
        self.print(name)
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

    fn enter(&mut self) -> Outcome {
        self.depth += 1;
        if self.depth > DEEPEST { Err(fmt::Error) } else { Ok(()) }
    }

    fn path(&mut self, is_value: bool) -> Outcome {
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

    fn generic_argument(&mut self) -> Outcome {
        if self.eat(b'L') {
            let index = self.base_62()?;
            return self.lifetime(index);
        }
        if self.eat(b'K') { self.constant() } else { self.kind() }
    }

    fn lifetime(&mut self, index: u64) -> Outcome {
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

    /// A type.
    fn kind(&mut self) -> Outcome {
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

    /// A path whose generic arguments, if any, are left open; says whether they are.
    fn open_path(&mut self) -> Outcome<bool> {
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

    /// A constant: an integer, a truth value, a character, or something unknown.
    fn constant(&mut self) -> Outcome {
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
