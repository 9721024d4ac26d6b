//! Names and source lines of addresses, from the program's own file: what a backtrace prints.
//!
//! | file | holds |
//! |---|---|
//! | [`cursor`] | reading bytes with every bound checked |
//! | [`forms`] | values in the forms of DWARF |
//! | [`image`] | the program's file in memory: sections, and the symbol table's answer |
//! | [`lines`] | the line table's answer (DWARF 2 to 5, 6.2) |
//! | [`units`] | where a unit was compiled |
//!
//! The file may have been replaced since the program started, so nothing in it is trusted: what does not fit is no answer.
//! Names come as they are in the file; making them readable is the caller's.

mod cursor;
mod forms;
mod image;
mod lines;
mod units;

pub use image::Image;
pub use lines::Place;
