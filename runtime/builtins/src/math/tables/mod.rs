//! Constant tables of the math functions. They are data only; the modules that read them say how.

pub(crate) mod atan;
pub(crate) mod exp2;
pub(crate) mod log;
pub(crate) mod sin_cos;
pub(crate) mod two_over_pi;
