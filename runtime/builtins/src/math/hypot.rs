//! `hypot`: the squares as exact sums, a square root, and one correction step.

use super::arch::{Machine, sqrt};
use super::double_double::{fast_two_sum, minus_product, power_of_two, two_product};

/// The length of the hypotenuse, without undue overflow or underflow.
#[inline(always)]
pub(super) fn hypot<M: Machine>(x: f64, y: f64) -> f64 {
    let (x, y) = (x.abs(), y.abs());
    if x == f64::INFINITY || y == f64::INFINITY {
        return f64::INFINITY;
    }
    if x.is_nan() || y.is_nan() {
        return x + y;
    }
    let (long, short) = if x > y { (x, y) } else { (y, x) };
    if short <= long * power_of_two(-54) {
        return long + short;
    }
    if long > power_of_two(500) {
        return scaled::<M>(long * power_of_two(-600), short * power_of_two(-600)) * power_of_two(600);
    }
    if short < power_of_two(-450) {
        return scaled::<M>(long * power_of_two(600), short * power_of_two(600)) * power_of_two(-600);
    }
    scaled::<M>(long, short)
}

#[inline(always)]
fn scaled<M: Machine>(long: f64, short: f64) -> f64 {
    let (a, a_lo) = two_product::<M>(long, long);
    let (b, b_lo) = two_product::<M>(short, short);
    let (sum, error) = fast_two_sum(a, b);
    let root = sqrt(sum);
    root + (minus_product::<M>(sum, root, root) + (error + (a_lo + b_lo))) / (2.0 * root)
}
