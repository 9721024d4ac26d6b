//! `hypot`: the squares as exact sums, a square root, and one correction step.

use super::arch::sqrt;
use super::double_double::{fast_two_sum, power_of_two, two_product};

/// The length of the hypotenuse, without undue overflow or underflow.
#[must_use]
pub fn hypot(x: f64, y: f64) -> f64 {
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
        return scaled(long * power_of_two(-600), short * power_of_two(-600)) * power_of_two(600);
    }
    if short < power_of_two(-450) {
        return scaled(long * power_of_two(600), short * power_of_two(600)) * power_of_two(-600);
    }
    scaled(long, short)
}

#[inline(always)]
fn scaled(long: f64, short: f64) -> f64 {
    let (a, a_lo) = two_product(long, long);
    let (b, b_lo) = two_product(short, short);
    let (sum, error) = fast_two_sum(a, b);
    let root = sqrt(sum);
    let (back, back_lo) = two_product(root, root);
    root + (((sum - back) - back_lo) + (error + (a_lo + b_lo))) / (2.0 * root)
}
