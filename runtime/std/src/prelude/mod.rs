//! What every program gets without importing it, per edition.
//!
//! Since rustc 1.95 the injected `extern crate std` carries no `#[macro_use]`, so macros reach programs only from
//! here. Older compilers take the same macros from the crate root.

/// The items common to all editions.
pub mod v1 {
    pub use core::prelude::v1::*;

    pub use crate::borrow::ToOwned;
    pub use crate::boxed::Box;
    pub use crate::string::{String, ToString};
    pub use crate::vec::Vec;

    #[allow(deprecated)]
    pub use crate::{
        assert, assert_eq, assert_ne, cfg, column, compile_error, concat, dbg, debug_assert, debug_assert_eq,
        debug_assert_ne, eprint, eprintln, file, format, format_args, include, include_bytes, include_str,
        is_x86_feature_detected, line, matches, module_path, option_env, print, println, stringify, thread_local, todo,
        r#try, unimplemented, unreachable, write, writeln,
    };

    /// Names that are a module and a macro at once: the private modules here hide the module side of the glob, so
    /// that only the macro is exported.
    mod macro_side {
        #[allow(hidden_glob_reexports)]
        mod env {}
        #[allow(hidden_glob_reexports)]
        mod panic {}
        #[allow(hidden_glob_reexports)]
        mod vec {}
        pub use crate::*;
    }
    pub use macro_side::{env, panic, vec};
}

// Each edition names `panic` by itself, because `core` has one of its own, and two globs would be ambiguous.

/// The prelude of edition 2015.
pub mod rust_2015 {
    pub use super::v1::panic;
    pub use super::v1::*;
    pub use core::prelude::rust_2015::*;
}

/// The prelude of edition 2018.
pub mod rust_2018 {
    pub use super::v1::panic;
    pub use super::v1::*;
    pub use core::prelude::rust_2018::*;
}

/// The prelude of edition 2021.
pub mod rust_2021 {
    pub use super::v1::panic;
    pub use super::v1::*;
    pub use core::prelude::rust_2021::*;
}

/// The prelude of edition 2024.
pub mod rust_2024 {
    pub use super::v1::panic;
    pub use super::v1::*;
    pub use core::prelude::rust_2024::*;
}
