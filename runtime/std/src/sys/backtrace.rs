//! The stack's addresses, and what the program's own file says about them.

use fullrust_rt::symbols::Image;
use fullrust_rt::unwind::walk;

/// More frames are of use to nobody.
const MOST_FRAMES: usize = 4096;

/// The address of each call that has not returned, from the caller of this function outwards.
#[inline(never)]
pub(crate) fn for_each_call(mut visit: impl FnMut(usize)) {
    let mut count = 0;
    walk(|frame| {
        visit(frame.call_address());
        count += 1;
        count < MOST_FRAMES
    });
}

/// Names and lines of addresses.
pub(crate) struct Symbols(Option<Image>);

/// A place in a source file.
pub(crate) struct Place<'a> {
    /// The folder of the compilation, the file's folder and the file; each is below those before it unless it begins with a
    /// slash.
    pub(crate) path: [&'a str; 3],
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Symbols {
    /// Those of the running program; none if its file is gone or stripped.
    pub(crate) fn of_this_program() -> Self {
        Symbols(Image::of_this_program())
    }

    /// The symbol of the function that holds an address.
    pub(crate) fn symbol(&self, address: usize) -> Option<&str> {
        let (name, _distance) = self.0.as_ref()?.function(address)?;
        core::str::from_utf8(name).ok()
    }

    /// The line that an address comes from.
    pub(crate) fn place(&self, address: usize) -> Option<Place<'_>> {
        let place = self.0.as_ref()?.line(address)?;
        let text = |part| core::str::from_utf8(part).ok();
        Some(Place {
            path: [text(place.base)?, text(place.directory)?, text(place.file)?],
            line: place.line,
            column: place.column,
        })
    }
}
