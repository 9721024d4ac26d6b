//! The methods of `f32` and `f64` that need an implementation of their own.
const VALUES: [f64; 34] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    2.0,
    3.0,
    10.0,
    0.1,
    1e-10,
    1e10,
    123456.789,
    -123456.789,
    1e300,
    1e-300,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    f64::EPSILON,
    4503599627370496.5,
    9007199254740993.0,
    0.49999999999999994,
    std::f64::consts::PI,
    std::f64::consts::E,
    700.0,
    -700.0,
];

macro_rules! exact {
    ($name:ident, $ty:ty, $bits:ty) => {
        pub fn $name() {
            for value in VALUES.map(|v| v as $ty) {
                let show = |name: &str, result: $ty| {
                    println!(
                        "{value:?} {name} {:x}",
                        if result.is_nan() { 0x7fc as $bits } else { result.to_bits() as $bits }
                    )
                };
                show("floor", value.floor());
                show("ceil", value.ceil());
                show("round", value.round());
                show("ties even", value.round_ties_even());
                show("trunc", value.trunc());
                show("fract", value.fract());
                show("abs", value.abs());
                show("signum", value.signum());
                show("sqrt", value.sqrt());
                show("recip", value.recip());
                show("to degrees", value.to_degrees());
                show("to radians", value.to_radians());
                show("powi", value.powi(3));
                show("powi", value.powi(-2));
                for other in VALUES.map(|v| v as $ty) {
                    show("copysign", value.copysign(other));
                    show("mul_add", value.mul_add(other, 1.5));
                    show("div_euclid", value.div_euclid(other));
                    show("rem_euclid", value.rem_euclid(other));
                    show("rem", value % other);
                    show("min", value.min(other));
                    show("max", value.max(other));
                    #[allow(deprecated)]
                    show("abs_sub", value.abs_sub(other));
                }
            }
        }
    };
}

exact!(exact_in_double, f64, u64);
exact!(exact_in_single, f32, u32);

/// Rounded to fewer digits than the last, in which two correct libraries may differ.
macro_rules! close {
    ($name:ident, $ty:ty, $digits:literal) => {
        pub fn $name() {
            for value in VALUES.map(|v| v as $ty) {
                let show =
                    |name: &str, result: $ty| println!(concat!("{:?} {} {:.", $digits, "e}"), value, name, result);
                show("sin", value.sin());
                show("cos", value.cos());
                show("tan", value.tan());
                show("asin", value.asin());
                show("acos", value.acos());
                show("atan", value.atan());
                show("sinh", value.sinh());
                show("cosh", value.cosh());
                show("tanh", value.tanh());
                show("asinh", value.asinh());
                show("acosh", value.acosh());
                show("atanh", value.atanh());
                show("exp", value.exp());
                show("exp2", value.exp2());
                show("exp_m1", value.exp_m1());
                show("ln", value.ln());
                show("log2", value.log2());
                show("log10", value.log10());
                show("ln_1p", value.ln_1p());
                show("cbrt", value.cbrt());
                show("sin of both", value.sin_cos().0);
                show("cos of both", value.sin_cos().1);
                for other in
                    [0.0, -0.0, 1.0, -1.0, 2.0, 0.5, -3.0, 1e3, <$ty>::INFINITY, <$ty>::NEG_INFINITY, <$ty>::NAN]
                {
                    show("powf", value.powf(other));
                    show("hypot", value.hypot(other));
                    show("atan2", value.atan2(other));
                    show("log", value.log(other));
                }
            }
        }
    };
}

close!(close_in_double, f64, 13);
close!(close_in_single, f32, 5);
