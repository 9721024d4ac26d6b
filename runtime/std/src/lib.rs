//! The crate that programs see as `std`: std's module tree on top of raw Linux system calls.
//!
//! What lives in `core` and `alloc` is re-exported; what std itself implements is implemented here. The layers
//! point one way: `std` → `rt` (start-up, threads, allocator, unwinding) → `sys` (one typed function per system
//! call). Only `sys/`, `lang.rs` and the `thread_local!` machinery name the lower layers or contain `unsafe` that
//! touches the kernel.
//!
//! The crate is compiled once per toolchain with `RUSTC_BOOTSTRAP=1` against the precompiled `core` and `alloc`;
//! user crates need no unstable feature. See `runtime/build-sysroot`.

#![no_std]
#![default_lib_allocator]
// `lang_start` asks whether the program has debug assertions, which must not be answered while std is compiled.
#![rustc_preserve_ub_checks]
#![feature(
    allocator_api,
    allocator_internals,
    allow_internal_unsafe,
    allow_internal_unstable,
    alloc_error_handler,
    assert_matches,
    bstr,
    cfg_version,
    clone_to_uninit,
    concat_bytes,
    core_float_math,
    core_intrinsics,
    decl_macro,
    dropck_eyepatch,
    edition_panic,
    error_generic_member_access,
    extend_one,
    fmt_internals,
    format_args_nl,
    formatting_options,
    hasher_prefixfree_extras,
    hashmap_internals,
    lang_items,
    log_syntax,
    must_not_suspend,
    negative_impls,
    never_type,
    optimize_attribute,
    panic_internals,
    panic_can_unwind,
    prelude_import,
    ptr_as_uninit,
    rustc_attrs,
    rustc_private,
    slice_concat_trait,
    slice_internals,
    slice_range,
    std_internals,
    stdarch_internal,
    temporary_niche_types,
    thread_local,
    trace_macros,
    trusted_len,
    try_reserve_kind,
    unique_rc_arc
)]
#![allow(internal_features, stable_features, unused_features)]
#![deny(unsafe_op_in_unsafe_fn, missing_docs)]
// Where clippy and std's own signatures disagree, std's stay: bounds are written where std writes them, `new` has no
// `Default` beside it where std has none, and old modules and macros are exported under their names.
#![allow(clippy::multiple_bound_locations, clippy::new_without_default, clippy::legacy_numeric_constants)]

// The prelude has to be declared before it is imported here.
pub mod prelude;
#[prelude_import]
#[allow(unused_imports)]
use prelude::rust_2024::*;

extern crate alloc as alloc_crate;
extern crate fullrust_builtins as _;
extern crate hashbrown;
extern crate std_detect;

#[macro_use]
mod macros;
mod lang;
pub(crate) mod sys;

pub use alloc_crate::{borrow, boxed, fmt, format, rc, slice, str, string, vec};
#[allow(deprecated, deprecated_in_future)]
pub use core::{
    any, array, cell, char, clone, cmp, convert, default, f32, f64, future, hint, i8, i16, i32, i64, i128, isize, iter,
    marker, mem, ops, option, pin, primitive, ptr, range, result, u8, u16, u32, u64, u128, usize,
};
#[allow(deprecated)]
pub use core::{
    assert, assert_eq, assert_ne, cfg, cfg_select, column, compile_error, concat, debug_assert, debug_assert_eq,
    debug_assert_ne, env, file, format_args, include, include_bytes, include_str, line, matches, module_path,
    option_env, stringify, todo, r#try, unimplemented, unreachable, write, writeln,
};
#[cfg(version("1.97"))]
pub use core::{assert_matches, debug_assert_matches, derive};
pub use std_detect::is_x86_feature_detected;

pub mod alloc;
pub mod arch;
pub mod ascii;
pub mod backtrace;
pub mod collections;
pub mod env;
pub mod error;
pub mod ffi;
pub mod fs;
pub mod hash;
pub mod io;
pub mod net;
pub mod num;
pub mod os;
pub mod panic;
pub mod path;
pub mod process;
#[doc(hidden)]
pub mod rt;
pub mod sync;
pub mod task;
pub mod thread;
pub mod time;

// At the root, where rustdoc looks for the pages of the primitive types.
#[cfg(doc)]
include!("primitive_docs.rs");
