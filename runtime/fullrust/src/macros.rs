//! `entry!` and the printing macros.

/// Makes a function the program's main: `fullrust::entry!(main);`. Its result must be a [`rt::Termination`].
///
/// [`rt::Termination`]: crate::rt::Termination
#[macro_export]
macro_rules! entry {
    ($main:path) => {
        #[unsafe(no_mangle)]
        extern "C" fn __fullrust_main() -> i32 {
            $crate::rt::run($main)
        }
    };
}

/// Prints to stdout; ends the process as a panic does if that fails.
#[macro_export]
macro_rules! print {
    ($($argument:tt)*) => { $crate::io::print_to($crate::io::stdout(), ::core::format_args!($($argument)*), "") };
}

/// Prints to stdout and ends the line; ends the process as a panic does if that fails.
#[macro_export]
macro_rules! println {
    () => { $crate::io::print_to($crate::io::stdout(), ::core::format_args!(""), "\n") };
    ($($argument:tt)*) => { $crate::io::print_to($crate::io::stdout(), ::core::format_args!($($argument)*), "\n") };
}

/// Prints to stderr; errors are ignored.
#[macro_export]
macro_rules! eprint {
    ($($argument:tt)*) => { $crate::io::eprint_args(::core::format_args!($($argument)*), "") };
}

/// Prints to stderr and ends the line; errors are ignored.
#[macro_export]
macro_rules! eprintln {
    () => { $crate::io::eprint_args(::core::format_args!(""), "\n") };
    ($($argument:tt)*) => { $crate::io::eprint_args(::core::format_args!($($argument)*), "\n") };
}
