//! `pow`: `x^y = exp(y log x)` with the logarithm to 68 bits, so that the product, of up to ten
//! bits before the point, still has enough behind it.

use super::arch::Machine;
use super::double_double::{power_of_two, scale, scale_normal, two_product};
use super::exp::exp_parts;
use super::log::log_parts;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Parity {
    NotInteger,
    Even,
    Odd,
}

/// Whether a finite number is an integer, and an odd one.
fn parity(y: f64) -> Parity {
    let exponent = ((y.to_bits() >> 52) & 0x7ff) as i64 - 1023;
    if y == 0.0 || exponent > 52 {
        return Parity::Even;
    }
    if exponent < 0 {
        return Parity::NotInteger;
    }
    let mantissa = (y.to_bits() & 0x000f_ffff_ffff_ffff) | 0x0010_0000_0000_0000;
    let unit = 1u64 << (52 - exponent);
    if mantissa & (unit - 1) != 0 {
        Parity::NotInteger
    } else if mantissa & unit != 0 {
        Parity::Odd
    } else {
        Parity::Even
    }
}

/// C Annex F, F.10.4.4: every case where an argument is zero, infinite or NaN.
#[cold]
fn pow_special(x: f64, y: f64) -> f64 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() {
        return x + y;
    }
    let a = x.abs();
    if y.is_infinite() {
        return if a == 1.0 {
            1.0
        } else if (a > 1.0) == (y > 0.0) {
            f64::INFINITY
        } else {
            0.0
        };
    }
    // Here x is 0 or infinite.
    let grows = (a == 0.0) == (y < 0.0);
    let magnitude = if grows { f64::INFINITY } else { 0.0 };
    if x.is_sign_negative() && parity(y) == Parity::Odd { -magnitude } else { magnitude }
}

/// `x` to the power `y`.
#[inline(always)]
pub(super) fn pow<M: Machine>(x: f64, y: f64) -> f64 {
    let a = x.abs();
    // Both neither zero nor infinite nor NaN, in integers: two comparisons.
    const MOST: u64 = f64::INFINITY.to_bits() - 1;
    if !(a.to_bits().wrapping_sub(1) < MOST && y.abs().to_bits().wrapping_sub(1) < MOST) {
        return pow_special(x, y);
    }
    let mut sign = 1.0;
    if x < 0.0 {
        match parity(y) {
            Parity::NotInteger => return f64::NAN,
            Parity::Odd => sign = -1.0,
            Parity::Even => {}
        }
    }
    let (log, log_lo) = log_parts::<M>(a);
    let rough = y * log;
    // Beyond lie overflow, subnormal results, and products whose parts could not be had without scaling.
    if !(rough.abs() < 700.0 && y.abs() < 1e280) {
        return sign * pow_far::<M>(y, log, log_lo);
    }
    let (product, error) = two_product::<M>(y, log);
    let (power, rest, e) = exp_parts::<M>(product, M::linear(error, y, log_lo));
    sign * scale_normal::<M>(power, rest, e)
}

/// `e^(y (log + log_lo))` where that is close to the ends of the range or beyond, or y is huge.
#[cold]
fn pow_far<M: Machine>(y: f64, log: f64, log_lo: f64) -> f64 {
    let rough = y * log;
    if !(rough.abs() < 750.0) {
        let tiny = power_of_two(-1000);
        return if rough > 0.0 { power_of_two(1023) * 2.0 } else { tiny * tiny };
    }
    // A huge y with a tiny log stays clear of overflow in the exact product.
    let (product, error) = if y.abs() > 1e280 {
        two_product::<M>(y * power_of_two(-100), log * power_of_two(100))
    } else {
        two_product::<M>(y, log)
    };
    let (power, rest, e) = exp_parts::<M>(product, error + y * log_lo);
    scale(power, power * rest, e)
}
