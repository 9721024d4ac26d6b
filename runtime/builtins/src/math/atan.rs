//! `atan` and `atan2`: a quotient `n/d` of at most 1 is compared with the nearest `c = k/64`;
//! `atan(n/d) = atan(c) + atan((n - c d) / (d + c n))`.

use super::arch::Machine;
use super::double_double::{fast_two_sum, minus_product, power_of_two};
use super::exp::nearest;
use super::tables::atan::ATAN;

pub(super) const HALF_PI: (f64, f64) = (1.5707963267948966, 6.123233995736766e-17);
pub(super) const PI: (f64, f64) = (3.141592653589793, 1.2246467991473532e-16);

/// `atan(q) - q` for `|q| < 0.127`, from `q` and its square.
#[inline(always)]
fn small_rest<M: Machine>(q: f64, z: f64) -> f64 {
    let z2 = z * z;
    let z4 = z2 * z2;
    let low = M::linear(M::linear(-1.0 / 3.0, 0.2, z), M::linear(-1.0 / 7.0, 1.0 / 9.0, z), z2);
    let high = M::linear(M::linear(-1.0 / 11.0, 1.0 / 13.0, z), M::linear(-1.0 / 15.0, 1.0 / 17.0, z), z2);
    q * z * M::linear(low, high, z4)
}

/// `atan(n/d)` as a sum for `0 <= n <= d`, both far from overflow and underflow.
#[inline(always)]
fn atan_quotient<M: Machine>(n: f64, d: f64) -> (f64, f64) {
    let q = n / d;
    if q < 0.126 {
        let q_lo = minus_product::<M>(n, q, d) / d;
        return (q, q_lo + small_rest::<M>(q, q * q));
    }
    let (c, k) = nearest(q * 64.0);
    let c = c * (1.0 / 64.0);
    let t = minus_product::<M>(n, c, d) / M::linear(d, c, n);
    let z = t * t;
    let (hi, lo) = ATAN[(k as usize).min(64)];
    (hi, lo + M::linear(t, t * z, M::linear(-1.0 / 3.0, z, M::linear(0.2, -1.0 / 7.0, z))))
}

/// `base + sign * (h + l)`, rounded.
#[inline(always)]
fn around(base: (f64, f64), sign: f64, h: f64, l: f64) -> f64 {
    let (sum, error) = fast_two_sum(base.0, sign * h);
    sum + (error + (base.1 + sign * l))
}

/// The arc tangent.
#[inline(always)]
pub(super) fn atan<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if a < 0.126 {
        return if a < 1e-9 { x } else { x + small_rest::<M>(x, x * x) };
    }
    if !(a < power_of_two(60)) {
        return if x.is_nan() { x } else { HALF_PI.0.copysign(x) };
    }
    let result = if a <= 1.0 {
        let (h, l) = atan_quotient::<M>(a, 1.0);
        h + l
    } else {
        let (h, l) = atan_quotient::<M>(1.0, a);
        around(HALF_PI, -1.0, h, l)
    };
    result.copysign(x)
}

/// The angle of the point `(x, y)`, from -pi to pi.
#[inline(always)]
pub(super) fn atan2<M: Machine>(y: f64, x: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return x + y;
    }
    let (mut ay, mut ax) = (y.abs(), x.abs());
    let left = x.is_sign_negative();
    if ay == 0.0 || (ax == f64::INFINITY && ay < ax) {
        return (if left { PI.0 } else { 0.0 }).copysign(y);
    }
    if ax == 0.0 || (ay == f64::INFINITY && ax < ay) {
        return HALF_PI.0.copysign(y);
    }
    if ax == f64::INFINITY {
        let quarter = HALF_PI.0 * 0.5;
        return (if left { 3.0 * quarter } else { quarter }).copysign(y);
    }
    let long = if ay > ax { ay } else { ax };
    let factor = if long > power_of_two(500) {
        power_of_two(-600)
    } else if long < power_of_two(-400) {
        power_of_two(600)
    } else {
        1.0
    };
    if (ay <= ax * power_of_two(-60)) || (ax <= ay * power_of_two(-60)) {
        return far_apart(ay, ax, left).copysign(y);
    }
    ay *= factor;
    ax *= factor;
    let result = if ay > ax {
        let (h, l) = atan_quotient::<M>(ax, ay);
        around(HALF_PI, if left { 1.0 } else { -1.0 }, h, l)
    } else {
        let (h, l) = atan_quotient::<M>(ay, ax);
        if left { around(PI, -1.0, h, l) } else { h + l }
    };
    result.copysign(y)
}

/// The angle where one side is beyond 2^60 times the other.
#[cold]
fn far_apart(ay: f64, ax: f64, left: bool) -> f64 {
    if ay > ax {
        HALF_PI.0
    } else if left {
        PI.0
    } else {
        ay / ax
    }
}
