//! The older mangling: the Itanium C++ ABI's nested names, with escapes for what C's identifiers cannot hold and a hash
//! as the last part.

use crate::fmt;

/// Length and text of every part, up to `E`.
#[derive(Clone)]
pub(super) struct Parts<'a>(&'a str);

impl<'a> Parts<'a> {
    /// `None` if the text is not such a list of parts.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let mut parts = Parts(path);
        let mut count = 0;
        while parts.next().is_some() {
            count += 1;
        }
        (count > 0 && parts.0.starts_with('E')).then_some(Parts(path))
    }

    pub(super) fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let mut rest = self.clone();
        let mut is_first = true;
        while let Some(part) = rest.next() {
            if rest.0.starts_with('E') && is_hash(part) {
                break;
            }
            if !is_first {
                out.write_str("::")?;
            }
            is_first = false;
            write_part(part, out)?;
        }
        Ok(())
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let digits = self.0.find(|character: char| !character.is_ascii_digit())?;
        let length: usize = self.0.get(..digits)?.parse().ok()?;
        let tail = self.0.get(digits..)?;
        let part = tail.get(..length)?;
        self.0 = tail.get(length..)?;
        Some(part)
    }
}

fn is_hash(part: &str) -> bool {
    part.len() == 17 && part.starts_with('h') && part.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
}

/// `$LT$` and its like are punctuation, `..` is `::`.
fn write_part(part: &str, out: &mut dyn fmt::Write) -> fmt::Result {
    // A part may not start with `$`, so one that would has `_` before it.
    let mut rest = if part.starts_with("_$") { &part[1..] } else { part };
    while let Some(at) = rest.find(['$', '.']) {
        out.write_str(&rest[..at])?;
        rest = &rest[at..];
        if let Some(tail) = rest.strip_prefix("..") {
            out.write_str("::")?;
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('.') {
            out.write_char('.')?;
            rest = tail;
        } else {
            let Some((escape, tail)) = rest[1..].split_once('$') else { break };
            let Some(character) = character_of(escape) else { break };
            out.write_char(character)?;
            rest = tail;
        }
    }
    out.write_str(rest)
}

fn character_of(escape: &str) -> Option<char> {
    Some(match escape {
        "SP" => '@',
        "BP" => '*',
        "RF" => '&',
        "LT" => '<',
        "GT" => '>',
        "LP" => '(',
        "RP" => ')',
        "C" => ',',
        _ => char::from_u32(u32::from_str_radix(escape.strip_prefix('u')?, 16).ok()?)?,
    })
}
