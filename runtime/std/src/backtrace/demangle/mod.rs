//! Readable names of functions: Rust's two ways of mangling. What is in neither stays as it is.

mod legacy;
mod v0;

use crate::fmt;

/// Writes the name that a symbol stands for.
pub(super) fn write_name(symbol: &str, out: &mut dyn fmt::Write) -> fmt::Result {
    // LLVM appends suffixes such as `.llvm.123` to what it splits or makes local.
    let mangled = symbol.split_once(".llvm.").map_or(symbol, |(name, _)| name);
    if let Some(path) = mangled.strip_prefix("_R") {
        let path = path.split('.').next().unwrap_or(path);
        if v0::write(path, &mut Nowhere).is_ok() {
            return v0::write(path, out);
        }
    } else if let Some(path) = mangled.strip_prefix("_ZN")
        && let Some(parts) = legacy::Parts::of(path)
    {
        return parts.write(out);
    }
    out.write_str(symbol)
}

/// Takes everything: for finding out whether a symbol is well-formed before any of it is shown.
struct Nowhere;

impl fmt::Write for Nowhere {
    fn write_str(&mut self, _text: &str) -> fmt::Result {
        Ok(())
    }
}
