//! `sin`, `cos`, `tan`: after the reduction the remainder is compared with the nearest multiple of
//! 1/64, whose sine and cosine stand in a table; the addition theorem does the rest.

use super::arch::Machine;
use super::double_double::{divide, fast_two_sum};
use super::exp::nearest;
use super::reduce::reduce;
use super::tables::sin_cos::SIN_COS;

/// Below this no table is used for the sine: its cubic term is small enough by itself.
const SMALL: f64 = 0.126;

/// `(sin t - t) / t` and `1 - cos t` for `|t| <= 1/128`, from `z = t^2`.
#[inline(always)]
fn near_zero<M: Machine>(z: f64) -> (f64, f64) {
    let sine = z * M::linear(-1.0 / 6.0, z, M::linear(1.0 / 120.0, -1.0 / 5040.0, z));
    let versine = z * M::linear(0.5, -z, M::linear(1.0 / 24.0, -1.0 / 720.0, z));
    (sine, versine)
}

/// The sine (`quadrant` even) or cosine (odd) of `r + r_lo` as a sum, for `|r| <= 0.79`; negated in
/// the quadrants 2 and 3.
#[inline(always)]
fn circular<M: Machine>(quadrant: u64, r: f64, r_lo: f64) -> (f64, f64) {
    let a = r.abs();
    let sign = 1.0 - (quadrant & 2) as f64;
    if a < SMALL && quadrant & 1 == 0 {
        let z = r * r;
        let z2 = z * z;
        let high = M::linear(M::linear(-1.0 / 5040.0, 1.0 / 362_880.0, z), -1.0 / 39_916_800.0, z2);
        let p = M::linear(M::linear(-1.0 / 6.0, 1.0 / 120.0, z), high, z2);
        return (sign * r, sign * M::linear(r_lo, r * z, p));
    }
    let (steps, k) = nearest(a * 64.0);
    let side = 1.0f64.copysign(r);
    let t = (a - steps * (1.0 / 64.0)) + side * r_lo;
    let (sine, versine) = near_zero::<M>(t * t);
    // sin(p + t) = sin p cos t + cos p sin t, and cos(p + t) = cos p cos t - sin p sin t.
    let entry = &SIN_COS[(k as usize).min(51)];
    let odd = (quadrant & 1) as usize;
    let (own, own_lo, other) = (entry[odd], entry[odd + 2], entry[1 - odd]);
    let (own_sign, other_sign) = if odd == 0 { (sign * side, sign * side) } else { (sign, -sign) };
    let rest = M::linear(own_sign * M::linear(own_lo, -own, versine), other_sign * other, M::linear(t, t, sine));
    (own_sign * own, rest)
}

/// The sine of an angle in radians.
#[inline(always)]
pub(super) fn sin<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if a < 0.785 {
        if a < 1e-9 {
            return x;
        }
        let (h, l) = circular::<M>(0, x, 0.0);
        return h + l;
    }
    if !(a < f64::INFINITY) {
        return f64::NAN;
    }
    let (quadrant, r, r_lo) = reduce::<M>(x);
    let (h, l) = circular::<M>(quadrant, r, r_lo);
    h + l
}

/// The cosine of an angle in radians.
#[inline(always)]
pub(super) fn cos<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if a < 0.785 {
        if a < 1e-9 {
            return 1.0;
        }
        let (h, l) = circular::<M>(1, x, 0.0);
        return h + l;
    }
    if !(a < f64::INFINITY) {
        return f64::NAN;
    }
    let (quadrant, r, r_lo) = reduce::<M>(x);
    let (h, l) = circular::<M>(quadrant.wrapping_add(1), r, r_lo);
    h + l
}

/// The tangent of an angle in radians.
#[inline(always)]
pub(super) fn tan<M: Machine>(x: f64) -> f64 {
    let a = x.abs();
    if a < 1e-9 {
        return x;
    }
    if !(a < f64::INFINITY) {
        return f64::NAN;
    }
    let (quadrant, r, r_lo) = if a < 0.785 { (0, x, 0.0) } else { reduce::<M>(x) };
    let (s, s_lo) = circular::<M>(0, r, r_lo);
    let (s, s_lo) = fast_two_sum(s, s_lo);
    let (c, c_lo) = circular::<M>(1, r, r_lo);
    let (c, c_lo) = fast_two_sum(c, c_lo);
    let (q, rest) = if quadrant & 1 == 0 { divide::<M>(s, s_lo, c, c_lo) } else { divide::<M>(-c, -c_lo, s, s_lo) };
    q + rest
}
