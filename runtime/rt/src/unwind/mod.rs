//! Unwinding by the program's own tables: what `panic = "unwind"` and backtraces need. Nothing here is linked into a
//! program that does neither.
//!
//! | file | holds |
//! |---|---|
//! | [`reader`] | a cursor over table bytes: LEB128, encoded pointers |
//! | [`table`] | the search table `.eh_frame_hdr`, found by `PT_GNU_EH_FRAME`; FDEs and their CIEs |
//! | [`rules`] | the interpreter of call frame instructions: where a frame's registers were saved |
//! | [`expression`] | DWARF expressions, which some hand-written frames use |
//! | [`frame`] | a frame, and the step to its caller |
//! | [`lsda`] | a function's landing pads |
//! | [`exception`] | raising, resuming and ending an exception, in two phases (Itanium C++ ABI: Exception Handling, 1) |
//!
//! The tables are part of the program, made by compiler and linker, and are trusted like code.

mod exception;
mod expression;
mod frame;
mod lsda;
mod reader;
mod rules;
mod table;

pub use exception::{Action, Context, Exception, Reason, delete_exception, personality, raise, resume};
pub use frame::{Frame, walk};

/// Defines the symbol `_Unwind_Resume`, which landing pads call when their work is done. For the one crate of a program
/// that decides to unwind.
#[macro_export]
macro_rules! define_unwind_resume {
    () => {
        /// Continues an exception's way behind a landing pad.
        ///
        /// # Safety
        /// Only landing pads may call this, with the exception that they got.
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn _Unwind_Resume() -> ! {
            core::arch::naked_asm!("jmp {}", sym $crate::unwind::resume)
        }
    };
}
