//! The methods of `f64` that `core` leaves out: rounding by `core`'s own functions, the elementary functions by name
//! from `fullrust_builtins`. Those with an instruction of the compiler's own go through it, so that constants fold.
#![allow(clippy::missing_docs_in_private_items)]

use core::f64::math;
use core::intrinsics;

// SAFETY: these are the names and signatures of C's `<math.h>`, defined in `fullrust_builtins`; none touches memory.
unsafe extern "C" {
    safe fn tan(x: f64) -> f64;
    safe fn asin(x: f64) -> f64;
    safe fn acos(x: f64) -> f64;
    safe fn atan(x: f64) -> f64;
    safe fn atan2(x: f64, y: f64) -> f64;
    safe fn sinh(x: f64) -> f64;
    safe fn cosh(x: f64) -> f64;
    safe fn tanh(x: f64) -> f64;
    safe fn expm1(x: f64) -> f64;
    safe fn log1p(x: f64) -> f64;
    safe fn hypot(x: f64, y: f64) -> f64;
}

impl f64 {
    /// The largest integer that is not above.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn floor(self) -> f64 {
        math::floor(self)
    }

    /// The smallest integer that is not below.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn ceil(self) -> f64 {
        math::ceil(self)
    }

    /// The nearest integer; halves go away from 0.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn round(self) -> f64 {
        math::round(self)
    }

    /// The nearest integer; halves go to the even one.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn round_ties_even(self) -> f64 {
        math::round_ties_even(self)
    }

    /// The integer part.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn trunc(self) -> f64 {
        math::trunc(self)
    }

    /// What is behind the point.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn fract(self) -> f64 {
        math::fract(self)
    }

    /// `self * a + b`, rounded once.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn mul_add(self, a: f64, b: f64) -> f64 {
        math::mul_add(self, a, b)
    }

    /// The quotient that leaves a remainder of at least 0, as an integer.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn div_euclid(self, rhs: f64) -> f64 {
        math::div_euclid(self, rhs)
    }

    /// The remainder of [`Self::div_euclid`].
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn rem_euclid(self, rhs: f64) -> f64 {
        math::rem_euclid(self, rhs)
    }

    /// `self` to the power of an integer.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn powi(self, n: i32) -> f64 {
        math::powi(self, n)
    }

    /// `self` to the power `n`.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn powf(self, n: f64) -> f64 {
        intrinsics::powf64(self, n)
    }

    /// The square root.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn sqrt(self) -> f64 {
        math::sqrt(self)
    }

    /// e to the power `self`.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn exp(self) -> f64 {
        intrinsics::expf64(self)
    }

    /// 2 to the power `self`.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn exp2(self) -> f64 {
        intrinsics::exp2f64(self)
    }

    /// The natural logarithm.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn ln(self) -> f64 {
        intrinsics::logf64(self)
    }

    /// The logarithm to base 2.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn log2(self) -> f64 {
        intrinsics::log2f64(self)
    }

    /// The logarithm to base 10.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn log10(self) -> f64 {
        intrinsics::log10f64(self)
    }

    /// The sine of an angle in radians.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn sin(self) -> f64 {
        intrinsics::sinf64(self)
    }

    /// The cosine of an angle in radians.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn cos(self) -> f64 {
        intrinsics::cosf64(self)
    }

    /// The logarithm to any base.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn log(self, base: f64) -> f64 {
        self.ln() / base.ln()
    }

    /// The positive difference.
    #[rustc_allow_incoherent_impl]
    #[deprecated(
        since = "1.10.0",
        note = "you probably meant `(self - other).abs()`: this operation is `(self - other).max(0.0)` except that `abs_sub` also propagates NaNs"
    )]
    #[allow(deprecated)]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn abs_sub(self, other: f64) -> f64 {
        math::abs_sub(self, other)
    }

    /// The cube root.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn cbrt(self) -> f64 {
        math::cbrt(self)
    }

    /// The length of the hypotenuse.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn hypot(self, other: f64) -> f64 {
        hypot(self, other)
    }

    /// The tangent of an angle in radians.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn tan(self) -> f64 {
        tan(self)
    }

    /// The arc sine; NaN outside -1 to 1.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn asin(self) -> f64 {
        asin(self)
    }

    /// The arc cosine; NaN outside -1 to 1.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn acos(self) -> f64 {
        acos(self)
    }

    /// The arc tangent.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn atan(self) -> f64 {
        atan(self)
    }

    /// `e^self - 1`, accurate near 0.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn exp_m1(self) -> f64 {
        expm1(self)
    }

    /// `ln(1 + self)`, accurate near 0.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn ln_1p(self) -> f64 {
        log1p(self)
    }

    /// The hyperbolic sine.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn sinh(self) -> f64 {
        sinh(self)
    }

    /// The hyperbolic cosine.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn cosh(self) -> f64 {
        cosh(self)
    }

    /// The hyperbolic tangent.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn tanh(self) -> f64 {
        tanh(self)
    }

    /// The angle of the point `(other, self)`, from -pi to pi.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn atan2(self, other: f64) -> f64 {
        atan2(self, other)
    }

    /// Sine and cosine.
    #[rustc_allow_incoherent_impl]
    #[inline]
    pub fn sin_cos(self) -> (f64, f64) {
        (self.sin(), self.cos())
    }

    /// The inverse hyperbolic sine.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn asinh(self) -> f64 {
        let a = self.abs();
        // ln(a + sqrt(a^2 + 1)), written so that nothing cancels near 0 and nothing overflows far from it.
        let beyond_one = if a > 1e9 {
            return (a.ln() + core::f64::consts::LN_2).copysign(self);
        } else {
            a + a * a / (1.0 + (a * a + 1.0).sqrt())
        };
        beyond_one.ln_1p().copysign(self)
    }

    /// The inverse hyperbolic cosine; NaN below 1.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn acosh(self) -> f64 {
        if self < 1.0 {
            return f64::NAN;
        }
        if self > 1e9 {
            return self.ln() + core::f64::consts::LN_2;
        }
        let beyond = self - 1.0;
        (beyond + (beyond * (self + 1.0)).sqrt()).ln_1p()
    }

    /// The inverse hyperbolic tangent; NaN outside -1 to 1.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn atanh(self) -> f64 {
        let a = self.abs();
        (0.5 * (2.0 * a / (1.0 - a)).ln_1p()).copysign(self)
    }
}
