//! Processor intrinsics and feature detection.

pub use core::arch::*;
pub use std_detect::is_x86_feature_detected;
