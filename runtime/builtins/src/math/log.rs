//! `log`, `log2`, `log10`, `log1p`: `x = 2^k z` with z from 0.703 to 1.406; a table gives a `c` near `1/z`, so short that
//! `r = z c - 1` is a double, and `log z = log1p(r) - log c`.

use super::arch::{Baseline, Machine};
use super::double_double::{fast_two_sum, half_square, power_of_two, split, two_product, two_sum};
use super::exp::to_float;
use super::tables::log::{LOG, LOG2, LOG10};

/// The pattern of 0.703125, where the first bucket begins.
const FIRST_BUCKET: u64 = 0x3fe6_8000_0000_0000;

/// What the logarithms to a base are made of (`make-tables`).
struct Base {
    table: &'static [(f64, f64, f64); 128],
    /// The logarithm of 2. The first part is a multiple of 2^-42, as those in the tables: with an exponent's product they add
    /// up without error.
    of_2: (f64, f64),
    /// The logarithm of e, of whose first part 26 bits are used.
    of_e: (f64, f64),
    /// `(log1p(r) - r) / r^2` in this base, as a polynomial: to 2^-59 / r for r from -0.0056 to 2^-7.
    beyond_linear: [f64; 6],
}

const NATURAL: Base = Base {
    table: &LOG,
    of_2: (0.6931471805598903, 5.497923018708371e-14),
    of_e: (1.0, 0.0),
    beyond_linear: [
        -0.5000000000000004,
        0.33333333333289633,
        -0.24999999990245944,
        0.20000004270085428,
        -0.16667306636679788,
        0.14193929167014566,
    ],
};

const BINARY: Base = Base {
    table: &LOG2,
    of_2: (1.0, 0.0),
    of_e: (1.4426950216293335, 1.9259629911266175e-08),
    beyond_linear: [
        -0.7213475204444822,
        0.4808983469623574,
        -0.3606737600815196,
        0.28853906978210336,
        -0.24045840629713638,
        0.2047751121998113,
    ],
};

const DECIMAL: Base = Base {
    table: &LOG10,
    of_2: (0.3010299956640665, -8.532344317057107e-14),
    of_e: (0.4342944771051407, 4.798111141615973e-09),
    beyond_linear: [
        -0.21714724095162607,
        0.14476482730089416,
        -0.10857362043345163,
        0.08685891492539576,
        -0.0723851930049948,
        0.061643451137600454,
    ],
};

/// The pattern of a positive finite number, with the exponent that a normal one would have: zero or below for a subnormal
/// number. Or, of other numbers, what any logarithm is.
#[inline(always)]
fn pattern(x: f64) -> Result<u64, f64> {
    const LEAST: u64 = 1 << 52;
    let bits = x.to_bits();
    if bits.wrapping_sub(LEAST) < f64::INFINITY.to_bits() - LEAST { Ok(bits) } else { rare(x) }
}

#[cold]
fn rare(x: f64) -> Result<u64, f64> {
    if x > 0.0 && x < 1.0 { Ok((x * power_of_two(52)).to_bits().wrapping_sub(52 << 52)) } else { Err(log_special(x)) }
}

/// Exponent, bucket and mantissa of a number's pattern.
#[inline(always)]
pub(super) fn decompose(bits: u64) -> (i64, usize, f64) {
    let offset = bits.wrapping_sub(FIRST_BUCKET);
    let exponent = (offset as i64) >> 52;
    let bucket = ((offset >> 45) & 127) as usize;
    let mantissa = f64::from_bits(bits.wrapping_sub(offset & (0xfff << 52)));
    (exponent, bucket, mantissa)
}

/// `z c - 1` for a mantissa, without error.
#[inline(always)]
fn close_to_zero<M: Machine>(c: f64, z: f64) -> f64 {
    if M::FUSED {
        return M::linear(-1.0, z, c);
    }
    let (z_upper, z_rest) = split(z);
    (z_upper * c - 1.0) + z_rest * c
}

impl Base {
    /// The logarithm of e times `r`, and what is missing to it, plus `known`.
    #[inline(always)]
    fn linear_part<M: Machine>(&self, r: f64, known: f64) -> (f64, f64) {
        if self.of_e.1 == 0.0 {
            return (r, known);
        }
        if M::FUSED {
            let whole = self.of_e.0 + self.of_e.1;
            let missing = (self.of_e.0 - whole) + self.of_e.1;
            let (product, error) = two_product::<M>(r, whole);
            return (product, error + M::linear(known, r, missing));
        }
        let (r_upper, r_rest) = split(r);
        (r_upper * self.of_e.0, r_rest * self.of_e.0 + (known + r * self.of_e.1))
    }

    /// `k` times the logarithm of 2, and a table's, and that of `1 + r`: as a sum with an error of about 2^-60 of the whole. The
    /// parts may overlap.
    #[inline(always)]
    fn sum<M: Machine>(&self, k: i64, log: (f64, f64), r: f64) -> (f64, f64) {
        let k = to_float(k);
        let known = if self.of_2.1 == 0.0 { log.1 } else { M::linear(log.1, self.of_2.1, k) };
        let (linear, known) = self.linear_part::<M>(r, known);
        let (sum, error) = fast_two_sum(M::linear(log.0, self.of_2.0, k), linear);
        let r2 = r * r;
        let [p0, p1, p2, p3, p4, p5] = self.beyond_linear;
        let high = M::linear(M::linear(p2, p3, r), M::linear(p4, p5, r), r2);
        let beyond_linear = M::linear(M::linear(p0, p1, r), high, r2);
        (sum, M::linear(error + known, r2, beyond_linear))
    }

    /// The logarithm of any number.
    #[inline(always)]
    fn of<M: Machine>(&self, x: f64) -> f64 {
        let bits = match pattern(x) {
            Ok(bits) => bits,
            Err(result) => return result,
        };
        let (k, bucket, z) = decompose(bits);
        let (c, log, log_lo) = self.table[bucket];
        let (sum, rest) = self.sum::<M>(k, (log, log_lo), close_to_zero::<M>(c, z));
        sum + rest
    }
}

/// The natural logarithm.
#[inline(always)]
pub(super) fn log<M: Machine>(x: f64) -> f64 {
    NATURAL.of::<M>(x)
}

/// The logarithm to base 2.
#[inline(always)]
pub(super) fn log2<M: Machine>(x: f64) -> f64 {
    BINARY.of::<M>(x)
}

/// The logarithm to base 10.
#[inline(always)]
pub(super) fn log10<M: Machine>(x: f64) -> f64 {
    DECIMAL.of::<M>(x)
}

/// `log(1 + x)`, accurate near 0.
#[inline(always)]
pub(super) fn log1p<M: Machine>(x: f64) -> f64 {
    // Neither zero, whose sign counts, nor beyond 2^60, where nothing is added to it.
    const MOST: u64 = (1023 + 60) << 53;
    if (x.to_bits() << 1).wrapping_sub(1) >= MOST || x <= -1.0 {
        return log1p_rare(x);
    }
    let (u, u_lo) = two_sum(1.0, x);
    let (k, bucket, _) = decompose(u.to_bits());
    let (c, log, log_lo) = LOG[bucket];
    let c = f64::from_bits(c.to_bits().wrapping_sub((k << 52) as u64));
    let r = close_to_zero::<M>(c, u);
    let (sum, rest) = NATURAL.sum::<M>(k, (log, log_lo), r);
    // log(u + u_lo) - log u = u_lo/u, and 1/u is nearly (1 - r) c
    let lost = u_lo * c;
    sum + (rest + M::linear(lost, -r, lost))
}

#[cold]
fn log1p_rare(x: f64) -> f64 {
    if x == -1.0 {
        f64::NEG_INFINITY
    } else if x == 0.0 {
        x
    } else {
        log::<Baseline>(x)
    }
}

/// `log x` as a sum for a positive finite number, to about 68 bits relative to the result.
#[inline(always)]
pub(super) fn log_parts<M: Machine>(x: f64) -> (f64, f64) {
    let bits = match pattern(x) {
        Ok(bits) => bits,
        Err(result) => return (result, 0.0),
    };
    let (k, bucket, z) = decompose(bits);
    let k = to_float(k);
    let (c, log, log_lo) = LOG[bucket];
    let r = close_to_zero::<M>(c, z);
    // log1p(r) = r - r^2/2 + r^3 P(r), the square in two parts.
    let (half_square, half_square_lo) = half_square::<M>(r);
    let r2 = r * r;
    let low = M::linear(M::linear(1.0 / 3.0, -0.25, r), M::linear(0.2, -1.0 / 6.0, r), r2);
    let high = M::linear(M::linear(1.0 / 7.0, -0.125, r), M::linear(1.0 / 9.0, -0.1, r), r2);
    let (sum, error) = fast_two_sum(M::linear(log, NATURAL.of_2.0, k), r);
    let (sum, error2) = fast_two_sum(sum, -half_square);
    let known = (error + error2) + (M::linear(log_lo, NATURAL.of_2.1, k) - half_square_lo);
    fast_two_sum(sum, M::linear(known, r * r2, M::linear(low, high, r2 * r2)))
}

/// What any logarithm is for 0, infinity, NaN and negative numbers.
#[cold]
pub(super) fn log_special(x: f64) -> f64 {
    if x == 0.0 {
        f64::NEG_INFINITY
    } else if x < 0.0 {
        f64::NAN
    } else {
        x + x
    }
}
