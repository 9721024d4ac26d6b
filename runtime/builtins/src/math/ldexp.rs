//! `ldexp`: scaling by a power of two, rounded once.

use super::double_double::power_of_two;

/// `x * 2^exponent`.
#[must_use]
pub fn ldexp(x: f64, exponent: i32) -> f64 {
    let mut x = x;
    let mut e = i64::from(exponent).clamp(-2200, 2200);
    while e > 1023 {
        x *= power_of_two(1023);
        e -= 1023;
    }
    // Downwards, a step that lands among the subnormals must be the last: 53 bits stay clear of them until then.
    while e < -1022 {
        x *= power_of_two(-1022 + 53);
        e += 1022 - 53;
    }
    x * power_of_two(e)
}

/// `x * 2^exponent`.
#[must_use]
pub fn ldexpf(x: f32, exponent: i32) -> f32 {
    ldexp(f64::from(x), exponent.clamp(-600, 600)) as f32
}
