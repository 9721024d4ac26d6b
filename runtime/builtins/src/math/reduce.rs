//! Argument reduction for the circular functions: `x = n pi/2 + r`, `|r| <= pi/4`, with r as a sum
//! of two doubles. Up to 2^20 by three parts of pi/2 (Cody and Waite); beyond, and wherever the
//! remainder comes out small, by a window of 2/pi in integers (Payne and Hanek).

use super::arch::{Baseline, Machine};
use super::double_double::{fast_two_sum, power_of_two, two_product, two_sum};
use super::exp::nearest;
use super::tables::two_over_pi::TWO_OVER_PI;

const TWO_OVER_PI_ROUNDED: f64 = 0.6366197723675814;
/// pi/2 in three parts; the first two have 33 bits, so their products with n are exact.
const PART_1: f64 = 1.5707963267341256;
const PART_2: f64 = 6.077100506303966e-11;
const PART_3: f64 = 2.0222662487959506e-21;
const HALF_PI: (f64, f64) = (1.5707963267948966, 6.123233995736766e-17);

/// The quadrant (modulo 4) and the remainder of a finite number.
#[inline(always)]
pub(super) fn reduce<M: Machine>(x: f64) -> (u64, f64, f64) {
    if x.abs() < 1048576.0 {
        let (n, quadrant) = nearest(x * TWO_OVER_PI_ROUNDED);
        let (r, error) = two_sum(M::linear(x, -PART_1, n), -(n * PART_2));
        let (r, r_lo) = fast_two_sum(r, M::linear(error, -PART_3, n));
        if r.abs() > 4e-9 {
            return (quadrant as u64, r, r_lo);
        }
    }
    reduce_exactly(x)
}

/// Payne and Hanek: multiplies the 53-bit mantissa with the 192 bits of 2/pi that decide the
/// product modulo 4; 190 of them are behind the point.
#[cold]
#[inline(never)]
pub(super) fn reduce_exactly(x: f64) -> (u64, f64, f64) {
    let bits = x.abs().to_bits();
    let exponent = (bits >> 52) as i64 - 1075;
    let mantissa = (bits & 0x000f_ffff_ffff_ffff) | 0x0010_0000_0000_0000;
    // The window's first bit has weight 2^1 after multiplication; the table has 64 leading zeros.
    let first_bit = (exponent - 2 + 64) as usize;
    let window = |word: usize| -> u64 {
        let at = (first_bit / 64 + word).min(18);
        let shift = first_bit % 64;
        let upper = TWO_OVER_PI[at] << shift;
        if shift == 0 { upper } else { upper | (TWO_OVER_PI[at + 1] >> (64 - shift)) }
    };
    let low = u128::from(mantissa) * u128::from(window(2));
    let middle = u128::from(mantissa) * u128::from(window(1)) + (low >> 64);
    let top = mantissa.wrapping_mul(window(0)).wrapping_add((middle >> 64) as u64);
    let mut quadrant = top >> 62;
    // The fraction as a signed number of 192 bits in units of 2^-192.
    let mut words =
        [(top << 2) | ((middle as u64) >> 62), ((middle as u64) << 2) | ((low as u64) >> 62), (low as u64) << 2];
    let negative = words[0] >> 63 != 0;
    if negative {
        quadrant = quadrant.wrapping_add(1);
        words = negate(words);
    }
    let (r, r_lo) = quarter_turns_to_radians(words);
    let flip = negative != (x < 0.0);
    let quadrant = if x < 0.0 { quadrant.wrapping_neg() } else { quadrant };
    if flip { (quadrant, -r, -r_lo) } else { (quadrant, r, r_lo) }
}

fn negate(words: [u64; 3]) -> [u64; 3] {
    let (low, carry) = (!words[2]).overflowing_add(1);
    let (middle, carry) = (!words[1]).overflowing_add(u64::from(carry));
    [(!words[0]).wrapping_add(u64::from(carry)), middle, low]
}

/// An unsigned 192-bit fraction of a quarter turn, in radians. Its first 126 bits are never all
/// zero: no double comes that close to a multiple of pi/2.
fn quarter_turns_to_radians(words: [u64; 3]) -> (f64, f64) {
    let upper = (u128::from(words[0]) << 64) | u128::from(words[1]);
    let zeros = upper.leading_zeros();
    let upper = if zeros == 0 {
        upper
    } else {
        let lower = u128::from(words[2]) << 64;
        (upper << zeros) | (lower >> (128 - zeros))
    };
    let first = (upper >> 75) as u64;
    let second = ((upper >> 22) as u64) & 0x001f_ffff_ffff_ffff;
    let unit = power_of_two(-53 - i64::from(zeros));
    let hi = first as f64 * unit;
    let lo = second as f64 * power_of_two(-53) * unit;
    let (p, error) = two_product::<Baseline>(hi, HALF_PI.0);
    fast_two_sum(p, error + (hi * HALF_PI.1 + lo * HALF_PI.0))
}
