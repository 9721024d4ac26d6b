//! The `f32` functions. All compute in `f64`, whose 29 further bits leave one noticeable rounding,
//! the last. The frequent ones have shorter polynomials of their own, the others use the `f64`
//! function.

use super::arch::sqrt;
use super::double_double::power_of_two;
use super::exp::{nearest, to_float};
use super::log::{decompose_normal, log_special};
use super::reduce::reduce_exactly;
use super::tables::exp2::EXP2;
use super::tables::log::LOG;

const LN2: f64 = core::f64::consts::LN_2;

/// `2^(n/128) * (1 + r + ...)` with `|r| < 0.0028`; `|n| < 2^17`, to about 2^-45.
#[inline(always)]
fn exp_step(n: i64, r: f64) -> f64 {
    let p = r + r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0)));
    let (power, _) = EXP2[(n & 127) as usize];
    (power + power * p) * power_of_two(n >> 7)
}

/// `e^x` in double precision, correct to about 2^-45, for `|x| < 200`.
#[inline(always)]
fn exp_double(x: f64) -> f64 {
    let (steps, n) = nearest(x * (128.0 / LN2));
    exp_step(n, x - steps * (LN2 / 128.0))
}

/// The natural logarithm in double precision, correct to about 2^-45 relative to the result;
/// without the exponent, which is returned apart.
#[inline(always)]
fn log_double(x: f64) -> (f64, f64) {
    let (k, bucket, z) = decompose_normal(x);
    let (c, log_hi, _) = LOG[bucket];
    let r = z * c - 1.0;
    let r2 = r * r;
    let p = (-0.5 + r * (1.0 / 3.0)) + r2 * ((-0.25 + r * 0.2) - r2 * (1.0 / 6.0));
    (to_float(k), log_hi + (r + r2 * p))
}

/// The same number as a double. The conversion instruction would do, but it keeps the upper half
/// of its target register and so waits for whatever wrote that last: calls in a row would queue.
#[inline(always)]
fn widen(x: f32) -> f64 {
    let bits = i64::from(x.to_bits() as i32) << 29;
    f64::from_bits(bits as u64 & 0x8fff_ffff_ffff_ffff) * power_of_two(1023 - 127)
}

#[inline(always)]
fn is_ordinary(x: f32) -> bool {
    x > 0.0 && x < f32::INFINITY
}

/// `e^x`.
#[must_use]
pub fn expf(x: f32) -> f32 {
    if !(x.abs() < 105.0) {
        return if x < 0.0 { 0.0 } else { x * f32::MAX };
    }
    exp_double(f64::from(x)) as f32
}

/// `2^x`.
#[must_use]
pub fn exp2f(x: f32) -> f32 {
    if !(x.abs() < 152.0) {
        return if x < 0.0 { 0.0 } else { x * f32::MAX };
    }
    let x = f64::from(x);
    let (steps, n) = nearest(x * 128.0);
    exp_step(n, (x - steps * (1.0 / 128.0)) * LN2) as f32
}

/// The natural logarithm.
#[must_use]
pub fn logf(x: f32) -> f32 {
    if !is_ordinary(x) {
        return log_special(f64::from(x)) as f32;
    }
    let (k, l) = log_double(widen(x));
    (k * LN2 + l) as f32
}

/// The logarithm to base 2.
#[must_use]
pub fn log2f(x: f32) -> f32 {
    if !is_ordinary(x) {
        return log_special(f64::from(x)) as f32;
    }
    let (k, l) = log_double(widen(x));
    (k + l * core::f64::consts::LOG2_E) as f32
}

/// The logarithm to base 10.
#[must_use]
pub fn log10f(x: f32) -> f32 {
    if !is_ordinary(x) {
        return log_special(f64::from(x)) as f32;
    }
    let (k, l) = log_double(widen(x));
    (k * core::f64::consts::LOG10_2 + l * core::f64::consts::LOG10_E) as f32
}

/// `log(1 + x)`, accurate near 0.
#[must_use]
pub fn log1pf(x: f32) -> f32 {
    if !(x > -1.0 && x < f32::INFINITY) || x.abs() < 0.001 {
        return super::log1p(f64::from(x)) as f32;
    }
    let (k, l) = log_double(1.0 + widen(x));
    (k * LN2 + l) as f32
}

/// `x` to the power `y`.
#[must_use]
pub fn powf(x: f32, y: f32) -> f32 {
    if !(is_ordinary(x) && y.abs() < f32::INFINITY) {
        return super::pow(f64::from(x), f64::from(y)) as f32;
    }
    let (k, l) = log_double(f64::from(x));
    let product = f64::from(y) * (k * LN2 + l);
    if !(product.abs() < 120.0) {
        return if product < 0.0 { 0.0 } else { f32::INFINITY };
    }
    exp_double(product) as f32
}

const PART_1: f64 = 1.5707963267341256;
const PART_2: f64 = 6.077100506506192e-11;

/// The quadrant and the remainder of a finite number, the latter to about 2^-50 of itself.
#[inline(always)]
fn reduce_single(x: f64) -> (u64, f64) {
    if x.abs() < 1048576.0 {
        let (n, quadrant) = nearest(x * core::f64::consts::FRAC_2_PI);
        return (quadrant as u64, (x - n * PART_1) - n * PART_2);
    }
    let (quadrant, r, _) = reduce_exactly(x);
    (quadrant, r)
}

#[inline(always)]
fn sin_double(r: f64) -> f64 {
    let z = r * r;
    let z2 = z * z;
    let low = -1.0 / 6.0 + z * (1.0 / 120.0);
    let high = (-1.0 / 5040.0 + z * (1.0 / 362_880.0)) + z2 * (-1.0 / 39_916_800.0 + z * (1.0 / 6_227_020_800.0));
    r + r * z * (low + z2 * high)
}

#[inline(always)]
fn cos_double(r: f64) -> f64 {
    let z = r * r;
    let z2 = z * z;
    let low = (1.0 - z * 0.5) + z2 * (1.0 / 24.0 - z * (1.0 / 720.0));
    let high = (1.0 / 40_320.0 - z * (1.0 / 3_628_800.0)) + z2 * (1.0 / 479_001_600.0);
    low + z2 * z2 * high
}

#[inline(always)]
fn sin_in(quadrant: u64, r: f64) -> f64 {
    // Both, without a branch: which one is wanted is as good as random.
    let values = [sin_double(r), cos_double(r)];
    values[(quadrant & 1) as usize] * (1.0 - (quadrant & 2) as f64)
}

/// The sine of an angle in radians.
#[must_use]
pub fn sinf(x: f32) -> f32 {
    if !(x.abs() < f32::INFINITY) {
        return f32::NAN;
    }
    if x.abs() < 1e-5 {
        return x;
    }
    let (quadrant, r) = reduce_single(f64::from(x));
    sin_in(quadrant, r) as f32
}

/// The cosine of an angle in radians.
#[must_use]
pub fn cosf(x: f32) -> f32 {
    if !(x.abs() < f32::INFINITY) {
        return f32::NAN;
    }
    let (quadrant, r) = reduce_single(f64::from(x));
    sin_in(quadrant.wrapping_add(1), r) as f32
}

/// The tangent of an angle in radians.
#[must_use]
pub fn tanf(x: f32) -> f32 {
    if !(x.abs() < f32::INFINITY) {
        return f32::NAN;
    }
    if x.abs() < 1e-5 {
        return x;
    }
    let (quadrant, r) = reduce_single(f64::from(x));
    let (s, c) = (sin_double(r), cos_double(r));
    (if quadrant & 1 == 0 { s / c } else { -c / s }) as f32
}

/// The length of the hypotenuse.
#[must_use]
pub fn hypotf(x: f32, y: f32) -> f32 {
    if x.is_infinite() || y.is_infinite() {
        return f32::INFINITY;
    }
    let (x, y) = (f64::from(x), f64::from(y));
    sqrt(x * x + y * y) as f32
}

macro_rules! by_double {
    ($($(#[$doc:meta])* $single:ident = $double:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $single(x: f32) -> f32 {
            super::$double(f64::from(x)) as f32
        }
    )*};
}

by_double! {
    /// `10^x`.
    exp10f = exp10;
    /// `e^x - 1`, accurate near 0.
    expm1f = expm1;
    /// The hyperbolic sine.
    sinhf = sinh;
    /// The hyperbolic cosine.
    coshf = cosh;
    /// The hyperbolic tangent.
    tanhf = tanh;
    /// The arc sine.
    asinf = asin;
    /// The arc cosine.
    acosf = acos;
    /// The arc tangent.
    atanf = atan;
}

/// The angle of the point `(x, y)`, from -pi to pi.
#[must_use]
pub fn atan2f(y: f32, x: f32) -> f32 {
    super::atan2(f64::from(y), f64::from(x)) as f32
}
