//! `asin` and `acos`: a polynomial up to 1/2; beyond, the half-angle identity
//! `asin(x) = pi/2 - 2 asin(sqrt((1-x)/2))`.

use super::arch::{Machine, sqrt};
use super::atan::{HALF_PI, PI};
use super::double_double::{fast_two_sum, minus_product};

/// `(asin(s) - s) / s^3` as a function of `z = s^2`, 0 to 1/4 (Chebyshev fit, error 1.5e-17).
#[inline(always)]
fn tail<M: Machine>(z: f64) -> f64 {
    let z2 = z * z;
    let z4 = z2 * z2;
    let a = M::linear(
        M::linear(0.16666666666666669, 0.07499999999998425, z),
        M::linear(0.04464285714637338, 0.030381944137085216, z),
        z2,
    );
    let b = M::linear(
        M::linear(0.022372173002005596, 0.017352391265909227, z),
        M::linear(0.013971235301124539, 0.011478952690257387, z),
        z2,
    );
    let c = M::linear(
        M::linear(0.010324318288744113, 0.00545087818772055, z),
        M::linear(M::linear(0.017419357964884856, -0.014881409392818066, z), 0.02877844261259304, z2),
        z2,
    );
    M::linear(a, M::linear(b, c, z4), z4)
}

/// `asin(sqrt((1 - a)/2))` as a sum, for a in 1/2..=1.
#[inline(always)]
fn half_angle<M: Machine>(a: f64) -> (f64, f64) {
    let z = (1.0 - a) * 0.5;
    let root = sqrt(z);
    let missing = minus_product::<M>(z, root, root);
    let correction = if root > 0.0 { missing / (2.0 * root) } else { 0.0 };
    (root, M::linear(correction, root * z, tail::<M>(z)))
}

/// The arc sine.
#[inline(always)]
pub(super) fn asin<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if a <= 0.5 {
        return if a < 1e-9 { x } else { M::linear(x, x * (x * x), tail::<M>(x * x)) };
    }
    if !(a <= 1.0) {
        return if x.is_nan() { x } else { f64::NAN };
    }
    let (h, l) = half_angle::<M>(a);
    let (sum, error) = fast_two_sum(HALF_PI.0, -2.0 * h);
    (sum + (error + (HALF_PI.1 - 2.0 * l))).copysign(x)
}

/// The arc cosine.
#[inline(always)]
pub(super) fn acos<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if a <= 0.5 {
        if a < 1e-9 {
            return HALF_PI.0 + (HALF_PI.1 - x);
        }
        let (sum, error) = fast_two_sum(HALF_PI.0, -x);
        return sum + (error + (M::linear(HALF_PI.1, -x * (x * x), tail::<M>(x * x))));
    }
    if !(a <= 1.0) {
        return if x.is_nan() { x } else { f64::NAN };
    }
    let (h, l) = half_angle::<M>(a);
    if x > 0.0 {
        return 2.0 * (h + l);
    }
    let (sum, error) = fast_two_sum(PI.0, -2.0 * h);
    sum + (error + (PI.1 - 2.0 * l))
}
