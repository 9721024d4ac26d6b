//! The methods of `f32` that `core` leaves out: rounding by `core`'s own functions, the elementary functions by name
//! from `fullrust_builtins`. Those with an instruction of the compiler's own go through it, so that constants fold.
#![allow(clippy::missing_docs_in_private_items)]

use core::f32::math;
use core::intrinsics;

// SAFETY: these are the names and signatures of C's `<math.h>`, defined in `fullrust_builtins`; none touches memory.
unsafe extern "C" {
    safe fn tanf(x: f32) -> f32;
    safe fn asinf(x: f32) -> f32;
    safe fn acosf(x: f32) -> f32;
    safe fn atanf(x: f32) -> f32;
    safe fn atan2f(x: f32, y: f32) -> f32;
    safe fn sinhf(x: f32) -> f32;
    safe fn coshf(x: f32) -> f32;
    safe fn tanhf(x: f32) -> f32;
    safe fn expm1f(x: f32) -> f32;
    safe fn log1pf(x: f32) -> f32;
    safe fn hypotf(x: f32, y: f32) -> f32;
}

impl f32 {
    /// The largest integer that is not above.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn floor(self) -> f32 {
        math::floor(self)
    }

    /// The smallest integer that is not below.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn ceil(self) -> f32 {
        math::ceil(self)
    }

    /// The nearest integer; halves go away from 0.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn round(self) -> f32 {
        math::round(self)
    }

    /// The nearest integer; halves go to the even one.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn round_ties_even(self) -> f32 {
        math::round_ties_even(self)
    }

    /// The integer part.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn trunc(self) -> f32 {
        math::trunc(self)
    }

    /// What is behind the point.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn fract(self) -> f32 {
        math::fract(self)
    }

    /// `self * a + b`, rounded once.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub const fn mul_add(self, a: f32, b: f32) -> f32 {
        math::mul_add(self, a, b)
    }

    /// The quotient that leaves a remainder of at least 0, as an integer.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn div_euclid(self, rhs: f32) -> f32 {
        math::div_euclid(self, rhs)
    }

    /// The remainder of [`Self::div_euclid`].
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn rem_euclid(self, rhs: f32) -> f32 {
        math::rem_euclid(self, rhs)
    }

    /// `self` to the power of an integer.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn powi(self, n: i32) -> f32 {
        math::powi(self, n)
    }

    /// `self` to the power `n`.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn powf(self, n: f32) -> f32 {
        intrinsics::powf32(self, n)
    }

    /// The square root.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn sqrt(self) -> f32 {
        math::sqrt(self)
    }

    /// e to the power `self`.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn exp(self) -> f32 {
        intrinsics::expf32(self)
    }

    /// 2 to the power `self`.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn exp2(self) -> f32 {
        intrinsics::exp2f32(self)
    }

    /// The natural logarithm.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn ln(self) -> f32 {
        intrinsics::logf32(self)
    }

    /// The logarithm to base 2.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn log2(self) -> f32 {
        intrinsics::log2f32(self)
    }

    /// The logarithm to base 10.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn log10(self) -> f32 {
        intrinsics::log10f32(self)
    }

    /// The sine of an angle in radians.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn sin(self) -> f32 {
        intrinsics::sinf32(self)
    }

    /// The cosine of an angle in radians.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn cos(self) -> f32 {
        intrinsics::cosf32(self)
    }

    /// The logarithm to any base.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn log(self, base: f32) -> f32 {
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
    pub fn abs_sub(self, other: f32) -> f32 {
        math::abs_sub(self, other)
    }

    /// The cube root.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn cbrt(self) -> f32 {
        math::cbrt(self)
    }

    /// The length of the hypotenuse.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn hypot(self, other: f32) -> f32 {
        hypotf(self, other)
    }

    /// The tangent of an angle in radians.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn tan(self) -> f32 {
        tanf(self)
    }

    /// The arc sine; NaN outside -1 to 1.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn asin(self) -> f32 {
        asinf(self)
    }

    /// The arc cosine; NaN outside -1 to 1.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn acos(self) -> f32 {
        acosf(self)
    }

    /// The arc tangent.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn atan(self) -> f32 {
        atanf(self)
    }

    /// `e^self - 1`, accurate near 0.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn exp_m1(self) -> f32 {
        expm1f(self)
    }

    /// `ln(1 + self)`, accurate near 0.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn ln_1p(self) -> f32 {
        log1pf(self)
    }

    /// The hyperbolic sine.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn sinh(self) -> f32 {
        sinhf(self)
    }

    /// The hyperbolic cosine.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn cosh(self) -> f32 {
        coshf(self)
    }

    /// The hyperbolic tangent.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn tanh(self) -> f32 {
        tanhf(self)
    }

    /// The angle of the point `(other, self)`, from -pi to pi.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn atan2(self, other: f32) -> f32 {
        atan2f(self, other)
    }

    /// Sine and cosine.
    #[rustc_allow_incoherent_impl]
    #[inline]
    pub fn sin_cos(self) -> (f32, f32) {
        (self.sin(), self.cos())
    }

    /// The inverse hyperbolic sine.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn asinh(self) -> f32 {
        let a = self.abs();
        // ln(a + sqrt(a^2 + 1)), written so that nothing cancels near 0 and nothing overflows far from it.
        let beyond_one = if a > 1e5 {
            return (a.ln() + core::f32::consts::LN_2).copysign(self);
        } else {
            a + a * a / (1.0 + (a * a + 1.0).sqrt())
        };
        beyond_one.ln_1p().copysign(self)
    }

    /// The inverse hyperbolic cosine; NaN below 1.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn acosh(self) -> f32 {
        if self < 1.0 {
            return f32::NAN;
        }
        if self > 1e5 {
            return self.ln() + core::f32::consts::LN_2;
        }
        let beyond = self - 1.0;
        (beyond + (beyond * (self + 1.0)).sqrt()).ln_1p()
    }

    /// The inverse hyperbolic tangent; NaN outside -1 to 1.
    #[rustc_allow_incoherent_impl]
    #[must_use = "method returns a new number and does not mutate the original value"]
    #[inline]
    pub fn atanh(self) -> f32 {
        let a = self.abs();
        (0.5 * (2.0 * a / (1.0 - a)).ln_1p()).copysign(self)
    }
}
