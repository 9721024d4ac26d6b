//! The methods of `f32` and `f64` that `core` leaves out: rounding by `core`'s own functions, the elementary functions
//! by name from `fullrust_builtins`. Those with an instruction of the compiler's own go through it, so that constants
//! fold.

/// Gives each method what all of them have.
macro_rules! methods {
    (const $($(#[$meta:meta])* fn $name:ident $parameters:tt -> $result:ty $body:block)*) => {$(
        $(#[$meta])*
        #[rustc_allow_incoherent_impl]
        #[must_use = "method returns a new number and does not mutate the original value"]
        #[inline]
        pub const fn $name $parameters -> $result $body
    )*};
    ($($(#[$meta:meta])* fn $name:ident $parameters:tt -> $result:ty $body:block)*) => {$(
        $(#[$meta])*
        #[rustc_allow_incoherent_impl]
        #[must_use = "method returns a new number and does not mutate the original value"]
        #[inline]
        pub fn $name $parameters -> $result $body
    )*};
}

/// All methods of a type. `far` is where `x * x + 1` is no longer told from `x * x`; the names are those of the
/// compiler's functions and of C's.
macro_rules! float_methods {
    (
        $ty:ident, far: $far:literal,
        intrinsics: {
        powf: $powf:ident, exp: $exp:ident, exp2: $exp2:ident, ln: $ln:ident, log2: $log2:ident,
            log10: $log10:ident, sin: $sin:ident, cos: $cos:ident,
        },
        functions: {
            tan: $tan:ident, asin: $asin:ident, acos: $acos:ident, atan: $atan:ident, atan2: $atan2:ident,
            sinh: $sinh:ident, cosh: $cosh:ident, tanh: $tanh:ident, exp_m1: $exp_m1:ident, ln_1p: $ln_1p:ident,
            hypot: $hypot:ident,
        } $(,)?
    ) => {
        mod $ty {
            use core::$ty::math;
            use core::intrinsics;

            // SAFETY: these are the names and signatures of C's `<math.h>`, defined in `fullrust_builtins`; none
            // touches memory.
            unsafe extern "C" {
                safe fn $tan(x: $ty) -> $ty;
                safe fn $asin(x: $ty) -> $ty;
                safe fn $acos(x: $ty) -> $ty;
                safe fn $atan(x: $ty) -> $ty;
                safe fn $sinh(x: $ty) -> $ty;
                safe fn $cosh(x: $ty) -> $ty;
                safe fn $tanh(x: $ty) -> $ty;
                safe fn $exp_m1(x: $ty) -> $ty;
                safe fn $ln_1p(x: $ty) -> $ty;
                safe fn $atan2(x: $ty, y: $ty) -> $ty;
                safe fn $hypot(x: $ty, y: $ty) -> $ty;
            }

            impl $ty {
                methods! { const
                    /// The largest integer that is not above.
                    fn floor(self) -> $ty {
                        math::floor(self)
                    }

                    /// The smallest integer that is not below.
                    fn ceil(self) -> $ty {
                        math::ceil(self)
                    }

                    /// The nearest integer; halves go away from 0.
                    fn round(self) -> $ty {
                        math::round(self)
                    }

                    /// The nearest integer; halves go to the even one.
                    fn round_ties_even(self) -> $ty {
                        math::round_ties_even(self)
                    }

                    /// The integer part.
                    fn trunc(self) -> $ty {
                        math::trunc(self)
                    }

                    /// What is behind the point.
                    fn fract(self) -> $ty {
                        math::fract(self)
                    }

                    /// `self * a + b`, rounded once.
                    fn mul_add(self, a: $ty, b: $ty) -> $ty {
                        math::mul_add(self, a, b)
                    }
                }

                methods! {
                    /// The quotient that leaves a remainder of at least 0, as an integer.
                    fn div_euclid(self, rhs: $ty) -> $ty {
                        math::div_euclid(self, rhs)
                    }

                    /// The remainder of [`Self::div_euclid`].
                    fn rem_euclid(self, rhs: $ty) -> $ty {
                        math::rem_euclid(self, rhs)
                    }

                    /// `self` to the power of an integer.
                    fn powi(self, n: i32) -> $ty {
                        math::powi(self, n)
                    }

                    /// `self` to the power `n`.
                    fn powf(self, n: $ty) -> $ty {
                        intrinsics::$powf(self, n)
                    }

                    /// The square root.
                    fn sqrt(self) -> $ty {
                        math::sqrt(self)
                    }

                    /// e to the power `self`.
                    fn exp(self) -> $ty {
                        intrinsics::$exp(self)
                    }

                    /// 2 to the power `self`.
                    fn exp2(self) -> $ty {
                        intrinsics::$exp2(self)
                    }

                    /// The natural logarithm.
                    fn ln(self) -> $ty {
                        intrinsics::$ln(self)
                    }

                    /// The logarithm to base 2.
                    fn log2(self) -> $ty {
                        intrinsics::$log2(self)
                    }

                    /// The logarithm to base 10.
                    fn log10(self) -> $ty {
                        intrinsics::$log10(self)
                    }

                    /// The sine of an angle in radians.
                    fn sin(self) -> $ty {
                        intrinsics::$sin(self)
                    }

                    /// The cosine of an angle in radians.
                    fn cos(self) -> $ty {
                        intrinsics::$cos(self)
                    }

                    /// The logarithm to any base.
                    fn log(self, base: $ty) -> $ty {
                        self.ln() / base.ln()
                    }

                    /// The positive difference.
                    #[allow(deprecated)]
                    #[deprecated(
                        since = "1.10.0",
                        note = "you probably meant `(self - other).abs()`: this operation is `(self - other).max(0.0)` except that `abs_sub` also propagates NaNs"
                    )]
                    fn abs_sub(self, other: $ty) -> $ty {
                        math::abs_sub(self, other)
                    }

                    /// The cube root.
                    fn cbrt(self) -> $ty {
                        math::cbrt(self)
                    }

                    /// The length of the hypotenuse.
                    fn hypot(self, other: $ty) -> $ty {
                        $hypot(self, other)
                    }

                    /// The tangent of an angle in radians.
                    fn tan(self) -> $ty {
                        $tan(self)
                    }

                    /// The arc sine; NaN outside -1 to 1.
                    fn asin(self) -> $ty {
                        $asin(self)
                    }

                    /// The arc cosine; NaN outside -1 to 1.
                    fn acos(self) -> $ty {
                        $acos(self)
                    }

                    /// The arc tangent.
                    fn atan(self) -> $ty {
                        $atan(self)
                    }

                    /// `e^self - 1`, accurate near 0.
                    fn exp_m1(self) -> $ty {
                        $exp_m1(self)
                    }

                    /// `ln(1 + self)`, accurate near 0.
                    fn ln_1p(self) -> $ty {
                        $ln_1p(self)
                    }

                    /// The hyperbolic sine.
                    fn sinh(self) -> $ty {
                        $sinh(self)
                    }

                    /// The hyperbolic cosine.
                    fn cosh(self) -> $ty {
                        $cosh(self)
                    }

                    /// The hyperbolic tangent.
                    fn tanh(self) -> $ty {
                        $tanh(self)
                    }

                    /// The angle of the point `(other, self)`, from -pi to pi.
                    fn atan2(self, other: $ty) -> $ty {
                        $atan2(self, other)
                    }

                    /// The inverse hyperbolic sine.
                    fn asinh(self) -> $ty {
                        let a = self.abs();
                        // ln(a + sqrt(a^2 + 1)), written so that nothing cancels near 0 and nothing overflows far
                        // from it.
                        let beyond_one = if a > $far {
                            return (a.ln() + core::$ty::consts::LN_2).copysign(self);
                        } else {
                            a + a * a / (1.0 + (a * a + 1.0).sqrt())
                        };
                        beyond_one.ln_1p().copysign(self)
                    }

                    /// The inverse hyperbolic cosine; NaN below 1.
                    fn acosh(self) -> $ty {
                        if self < 1.0 {
                            return $ty::NAN;
                        }
                        if self > $far {
                            return self.ln() + core::$ty::consts::LN_2;
                        }
                        let beyond = self - 1.0;
                        (beyond + (beyond * (self + 1.0)).sqrt()).ln_1p()
                    }

                    /// The inverse hyperbolic tangent; NaN outside -1 to 1.
                    fn atanh(self) -> $ty {
                        let a = self.abs();
                        (0.5 * (2.0 * a / (1.0 - a)).ln_1p()).copysign(self)
                    }
                }

                /// Sine and cosine.
                #[rustc_allow_incoherent_impl]
                #[inline]
                pub fn sin_cos(self) -> ($ty, $ty) {
                    (self.sin(), self.cos())
                }
            }
        }
    };
}

float_methods! {
    f32, far: 1e5,
    intrinsics: {
        powf: powf32, exp: expf32, exp2: exp2f32, ln: logf32, log2: log2f32, log10: log10f32, sin: sinf32,
        cos: cosf32,
    },
    functions: {
        tan: tanf, asin: asinf, acos: acosf, atan: atanf, atan2: atan2f, sinh: sinhf, cosh: coshf, tanh: tanhf,
        exp_m1: expm1f, ln_1p: log1pf, hypot: hypotf,
    },
}

float_methods! {
    f64, far: 1e9,
    intrinsics: {
        powf: powf64, exp: expf64, exp2: exp2f64, ln: logf64, log2: log2f64, log10: log10f64, sin: sinf64,
        cos: cosf64,
    },
    functions: {
        tan: tan, asin: asin, acos: acos, atan: atan, atan2: atan2, sinh: sinh, cosh: cosh, tanh: tanh,
        exp_m1: expm1, ln_1p: log1p, hypot: hypot,
    },
}
