//! The `f32` functions. All compute in `f64`, whose 29 further bits leave one noticeable rounding, the last. The frequent
//! ones have shorter polynomials of their own, the others use the `f64` function.

use super::arch::{Machine, sqrt};
use super::double_double::scale_normal;
use super::exp::{ROUNDER, exp2_step, nearest, to_float};
use super::log::decompose;
use super::reduce::reduce_exactly;
use super::tables::exp2::EXP2;
use super::tables::log::{LOG, LOG2};

const LN2: f64 = core::f64::consts::LN_2;

/// `2^(n/128) * e^r` with `|r| < 0.0028`; `|n| < 2^17`, to about 2^-38.
#[inline(always)]
fn exp_step<M: Machine>(n: i64, r: f64) -> f64 {
    let p = M::linear(r, r * r, M::linear(0.5, 1.0 / 6.0, r));
    scale_normal::<M>(EXP2[(n & 127) as usize].0, p, n >> 7)
}

/// `e^x` in double precision, correct to about 2^-38, for `|x| < 200`.
#[inline(always)]
fn exp_double<M: Machine>(x: f64) -> f64 {
    let (steps, n) = nearest(x * (128.0 / LN2));
    exp_step::<M>(n, M::linear(x, -LN2 / 128.0, steps))
}

/// Whether a number is positive, finite and normal: in one comparison, and in integers, where the compiler makes no
/// classification of it.
#[inline(always)]
fn is_ordinary(x: f32) -> bool {
    const LEAST: u32 = 1 << 23;
    x.to_bits().wrapping_sub(LEAST) < f32::INFINITY.to_bits() - LEAST
}

/// An ordinary number's pattern as a double. The conversion instruction would do, but its result would have to travel back from a
/// floating-point register before it is taken apart.
#[inline(always)]
fn widen(x: f32) -> u64 {
    (u64::from(x.to_bits()) << 29) + ((1023 - 127) << 52)
}

/// Exponent of a positive number by its pattern, its bucket's logarithm, and `r`: the logarithm is the sum of the first's, the second and
/// `log1p(r)`.
#[inline(always)]
fn log_step<M: Machine>(bits: u64) -> (f64, f64, f64) {
    let (k, bucket, z) = decompose(bits);
    let (c, log, _) = LOG[bucket];
    (to_float(k), log, M::linear(-1.0, z, c))
}

/// `(log1p(r) - r) / r^2` to about 2^-34 / r.
#[inline(always)]
fn beyond_linear<M: Machine>(r: f64) -> f64 {
    M::linear(M::linear(-0.5, 1.0 / 3.0, r), -0.25, r * r)
}

/// The logarithm of an ordinary number to a base, of which the logarithms of 2 and e are given.
#[inline(always)]
fn log_to_base<M: Machine>(x: f32, of_2: f64, of_e: f64) -> f32 {
    let (k, log, r) = log_step::<M>(widen(x));
    let l = log + M::linear(r, r * r, beyond_linear::<M>(r));
    M::linear(l * of_e, k, of_2) as f32
}

/// `e^x`.
#[inline(always)]
pub(super) fn expf<M: Machine>(x: f32) -> f32 {
    if !(x.abs() < 105.0) {
        return if x < 0.0 { 0.0 } else { x * f32::MAX };
    }
    exp_double::<M>(f64::from(x)) as f32
}

/// `2^x` in double precision, correct to about 2^-38, for `|x| < 200`.
#[inline(always)]
fn exp2_double<M: Machine>(x: f64) -> f64 {
    let (n, t) = exp2_step(x);
    let rest = M::linear(t * LN2, t * t, M::linear(LN2 * LN2 / 2.0, LN2 * LN2 * LN2 / 6.0, t));
    scale_normal::<M>(EXP2[(n & 127) as usize].0, rest, n >> 7)
}

/// `2^x`.
#[inline(always)]
pub(super) fn exp2f<M: Machine>(x: f32) -> f32 {
    if !(x.abs() < 152.0) {
        return if x < 0.0 { 0.0 } else { x * f32::MAX };
    }
    exp2_double::<M>(f64::from(x)) as f32
}

/// A number that is not ordinary: by the `f64` function.
#[cold]
fn rare(function: fn(f64) -> f64, x: f32) -> f32 {
    function(f64::from(x)) as f32
}

/// The natural logarithm.
#[inline(always)]
pub(super) fn logf<M: Machine>(x: f32) -> f32 {
    if is_ordinary(x) { log_to_base::<M>(x, LN2, 1.0) } else { rare(super::log::log::<M>, x) }
}

/// The logarithm to base 2.
#[inline(always)]
pub(super) fn log2f<M: Machine>(x: f32) -> f32 {
    if is_ordinary(x) { log_to_base::<M>(x, 1.0, core::f64::consts::LOG2_E) } else { rare(super::log::log2::<M>, x) }
}

/// The logarithm to base 10.
#[inline(always)]
pub(super) fn log10f<M: Machine>(x: f32) -> f32 {
    if is_ordinary(x) {
        log_to_base::<M>(x, core::f64::consts::LOG10_2, core::f64::consts::LOG10_E)
    } else {
        rare(super::log::log10::<M>, x)
    }
}

/// `log(1 + x)`, accurate near 0.
#[inline(always)]
pub(super) fn log1pf<M: Machine>(x: f32) -> f32 {
    // Down to 2^-29 the sum is a double.
    if !(x > -1.0 && x < f32::INFINITY) || x.abs() < 4e-9 {
        return super::log::log1p::<M>(f64::from(x)) as f32;
    }
    let (k, log, r) = log_step::<M>((1.0 + f64::from(x)).to_bits());
    M::linear(log + M::linear(r, r * r, beyond_linear::<M>(r)), k, LN2) as f32
}

/// `x` to the power `y`.
#[inline(always)]
pub(super) fn powf<M: Machine>(x: f32, y: f32) -> f32 {
    if !is_ordinary(x) || y.to_bits() << 1 >= f32::INFINITY.to_bits() << 1 {
        return powf_rare::<M>(x, y);
    }
    let (k, bucket, z) = decompose(widen(x));
    let (c, log, _) = LOG2[bucket];
    let r = M::linear(-1.0, z, c);
    let product = f64::from(y) * log2_of_parts::<M>(to_float(k) + log, r);
    if !(product.abs() < 160.0) {
        return if product < 0.0 { 0.0 } else { f32::INFINITY };
    }
    exp2_double::<M>(product) as f32
}

/// A binary logarithm and that of `1 + r`, to about 2^-41 of the whole: up to seven bits of it stand before the point of the
/// product of `powf`.
#[inline(always)]
fn log2_of_parts<M: Machine>(log: f64, r: f64) -> f64 {
    let low = M::linear(-0.7213475203568573, 0.4808983785033227, r);
    let high = M::linear(-0.3606838460224381, 0.28733107622048065, r);
    let r2 = r * r;
    M::linear(M::linear(log, core::f64::consts::LOG2_E, r), r2, M::linear(low, high, r2))
}

#[cold]
fn powf_rare<M: Machine>(x: f32, y: f32) -> f32 {
    super::pow::pow::<M>(f64::from(x), f64::from(y)) as f32
}

const PART_1: f64 = 1.5707963267341256;
const PART_2: f64 = 6.077100506506192e-11;

/// The quadrant (its lowest two bits count) and the remainder of an angle, the latter to about 2^-50 of itself, or NaN of what
/// is no angle; that and angles beyond 2^20 are told from the others by one comparison, in integers.
#[inline(always)]
fn reduce_single<M: Machine>(x: f32) -> (u64, f64) {
    if x.to_bits() << 1 >= 1048576f32.to_bits() << 1 {
        return reduce_rare(x);
    }
    let x = f64::from(x);
    let shifted = M::linear(ROUNDER, x, core::f64::consts::FRAC_2_PI);
    let n = shifted - ROUNDER;
    (shifted.to_bits(), M::linear(M::linear(x, -PART_1, n), -PART_2, n))
}

#[cold]
fn reduce_rare(x: f32) -> (u64, f64) {
    if !(x.abs() < f32::INFINITY) {
        return (0, f64::NAN);
    }
    let (quadrant, r, _) = reduce_exactly(x.into());
    (quadrant, r)
}

/// `(sin r / r - 1) / r^2` as a polynomial of `r^2` for `|r| <= pi/4`, to 2^-35 (`make-tables`).
const SINE: [f64; 4] = [-0.16666666663826582, 0.008333331863560767, -0.00019840080719912243, 2.724914679681317e-06];
/// `(cos r - 1) / r^2` likewise, to 2^-31.
const COSINE: [f64; 4] = [-0.499999999688041, 0.04166665052210501, -0.001388758255144707, 2.446293308351067e-05];

#[inline(always)]
fn cubic<M: Machine>([a, b, c, d]: [f64; 4], z: f64) -> f64 {
    M::linear(M::linear(a, b, z), M::linear(c, d, z), z * z)
}

/// The sine for `|r| <= pi/4`, with its sign where it is zero.
#[inline(always)]
fn sine<M: Machine>(r: f64) -> f64 {
    let z = r * r;
    r * M::linear(1.0, z, cubic::<M>(SINE, z))
}

/// The cosine for `|r| <= pi/4`.
#[inline(always)]
fn cosine<M: Machine>(r: f64) -> f64 {
    let z = r * r;
    M::linear(1.0, z, cubic::<M>(COSINE, z))
}

/// What the sine is in a quadrant: `(constant + slope r) (1 + z p(z))` with `z = r^2`; the first factor is `r` or 1 with its
/// sign.
#[repr(align(64))]
struct Quadrant {
    constant: f64,
    slope: f64,
    p: [f64; 4],
}

static QUADRANTS: [Quadrant; 4] = [
    Quadrant { constant: 0.0, slope: 1.0, p: SINE },
    Quadrant { constant: 1.0, slope: 0.0, p: COSINE },
    Quadrant { constant: 0.0, slope: -1.0, p: SINE },
    Quadrant { constant: -1.0, slope: 0.0, p: COSINE },
];

/// The sine of `r`, not zero, in an even quadrant, the cosine in an odd one, negated in the second half of the circle. Without
/// a branch: which one is wanted is as good as random.
#[inline(always)]
fn sin_in<M: Machine>(quadrant: u64, r: f64) -> f64 {
    let &Quadrant { constant, slope, p } = &QUADRANTS[(quadrant & 3) as usize];
    let factor = M::linear(constant, slope, r);
    let z = r * r;
    M::linear(factor, factor * z, cubic::<M>(p, z))
}

/// Whether an angle is in the first quadrant or its neighbour's nearer half, as many are: worth a branch.
#[inline(always)]
fn is_small(x: f32) -> bool {
    x.to_bits() << 1 < core::f32::consts::FRAC_PI_4.to_bits() << 1
}

/// The sine of an angle in radians.
#[inline(always)]
pub(super) fn sinf<M: Machine>(x: f32) -> f32 {
    if is_small(x) {
        return sine::<M>(x.into()) as f32;
    }
    let (quadrant, r) = reduce_single::<M>(x);
    sin_in::<M>(quadrant, r) as f32
}

/// The cosine of an angle in radians.
#[inline(always)]
pub(super) fn cosf<M: Machine>(x: f32) -> f32 {
    if is_small(x) {
        return cosine::<M>(x.into()) as f32;
    }
    let (quadrant, r) = reduce_single::<M>(x);
    sin_in::<M>(quadrant.wrapping_add(1), r) as f32
}

/// The tangent of an angle in radians.
#[inline(always)]
pub(super) fn tanf<M: Machine>(x: f32) -> f32 {
    let (quadrant, r) = reduce_single::<M>(x);
    let (s, c) = (sine::<M>(r), cosine::<M>(r));
    (if quadrant & 1 == 0 { s / c } else { -c / s }) as f32
}

/// `(asin s - s) / s^3` as a function of `z = s^2`, 0 to 1/4, to 2^-29 (`make-tables`).
#[inline(always)]
fn asin_tail<M: Machine>(z: f64) -> f64 {
    let z2 = z * z;
    let low = M::linear(0.16666666337430908, 0.07500094543497424, z);
    let middle = M::linear(0.04459940152851218, 0.03110066273549457, z);
    let high = M::linear(0.017149238357677253, 0.03369084720283012, z);
    M::linear(low, M::linear(middle, high, z2), z2)
}

/// `asin(sqrt((1 - a)/2))` for a in 1/2..=1.
#[inline(always)]
fn half_angle<M: Machine>(a: f64) -> f64 {
    let z = (1.0 - a) * 0.5;
    let root = sqrt(z);
    M::linear(root, root * z, asin_tail::<M>(z))
}

/// The arc sine.
#[inline(always)]
pub(super) fn asinf<M: Machine>(x: f32) -> f32 {
    let x = f64::from(x);
    let a = x.abs();
    if a <= 0.5 {
        return M::linear(x, x * (x * x), asin_tail::<M>(x * x)) as f32;
    }
    if !(a <= 1.0) {
        return f32::NAN;
    }
    M::linear(core::f64::consts::FRAC_PI_2, -2.0, half_angle::<M>(a)).copysign(x) as f32
}

/// The arc cosine.
#[inline(always)]
pub(super) fn acosf<M: Machine>(x: f32) -> f32 {
    let x = f64::from(x);
    let a = x.abs();
    if a <= 0.5 {
        return (core::f64::consts::FRAC_PI_2 - M::linear(x, x * (x * x), asin_tail::<M>(x * x))) as f32;
    }
    if !(a <= 1.0) {
        return f32::NAN;
    }
    let half = half_angle::<M>(a);
    (if x > 0.0 { 2.0 * half } else { M::linear(core::f64::consts::PI, -2.0, half) }) as f32
}

/// The length of the hypotenuse.
#[inline(always)]
pub(super) fn hypotf<M: Machine>(x: f32, y: f32) -> f32 {
    if x.is_infinite() || y.is_infinite() {
        return f32::INFINITY;
    }
    let (x, y) = (f64::from(x), f64::from(y));
    sqrt(M::linear(x * x, y, y)) as f32
}

macro_rules! by_double {
    ($($(#[$doc:meta])* $single:ident = $module:ident::$double:ident;)*) => {$(
        $(#[$doc])*
        #[inline(always)]
        pub(super) fn $single<M: Machine>(x: f32) -> f32 {
            super::$module::$double::<M>(f64::from(x)) as f32
        }
    )*};
}

by_double! {
    /// `10^x`.
    exp10f = exp::exp10;
    /// `e^x - 1`, accurate near 0.
    expm1f = exp::expm1;
    /// The hyperbolic sine.
    sinhf = hyperbolic::sinh;
    /// The hyperbolic cosine.
    coshf = hyperbolic::cosh;
    /// The hyperbolic tangent.
    tanhf = hyperbolic::tanh;
}

/// `(atan t - t) / t^3` as a function of `z = t^2` from 0 to 1, to 2^-31 (`make-tables`).
#[inline(always)]
fn atan_tail<M: Machine>(z: f64) -> f64 {
    let (z2, z4) = (z * z, (z * z) * (z * z));
    let low = M::linear(-0.3333332828138248, 0.1999971996491483, z);
    let low = M::linear(low, z2, M::linear(-0.142804573303611, 0.1106223443145494, z));
    let high = M::linear(-0.0882588034927808, 0.06774834184076323, z);
    let high = M::linear(high, z2, M::linear(-0.04515293084531662, 0.02293013217179808, z));
    let highest = M::linear(-0.007500293186203297, 0.001150029441366914, z);
    M::linear(low, z4, M::linear(high, z4, highest))
}

/// The arc tangent.
#[inline(always)]
pub(super) fn atanf<M: Machine>(x: f32) -> f32 {
    let x = f64::from(x);
    let is_steep = !(x.abs() <= 1.0);
    let t = if is_steep { 1.0 / x } else { x };
    let z = t * t;
    let angle = t * M::linear(1.0, z, atan_tail::<M>(z));
    (if is_steep { core::f64::consts::FRAC_PI_2.copysign(x) - angle } else { angle }) as f32
}

/// The angle of the point `(x, y)`, from -pi to pi.
#[inline(always)]
pub(super) fn atan2f<M: Machine>(y: f32, x: f32) -> f32 {
    super::atan::atan2::<M>(f64::from(y), f64::from(x)) as f32
}
