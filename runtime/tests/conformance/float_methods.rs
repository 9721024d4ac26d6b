//! All methods of floats. Elementary functions may differ in the last place, so they are printed to 13 (5) digits;
//! special values, signs and exact operations are printed in full.
macro_rules! test {
    ($float:ident, $digits:literal, [$($x:expr),*]) => {
        for x in [$($x as $float),*, $float::NAN, $float::INFINITY, $float::NEG_INFINITY, $float::MAX, $float::MIN_POSITIVE, 0.0, -0.0] {
            println!("{x:?}");
            println!("{:?} {:?} {:?} {:?}", x.floor(), x.ceil(), x.round(), x.round_ties_even());
            println!("{:?} {:?} {:?} {:?}", x.trunc(), x.fract(), x.abs(), x.signum());
            println!("{:?} {:?} {:?}", x.sqrt(), x.mul_add(3.0, 0.1), x.copysign(-1.0));
            println!("{:?} {:?}", x.div_euclid(0.7), x.rem_euclid(0.7));
            println!("{:?} {:?} {:?}", x.powi(3), x.powi(-2), x.cbrt().is_nan());
            #[allow(deprecated)]
            let d = x.abs_sub(1.0);
            println!("{d:?}");
            for (name, value) in [
                ("exp", x.exp()), ("exp2", x.exp2()), ("ln", x.ln()), ("log2", x.log2()), ("log10", x.log10()),
                ("log3", x.log(3.0)), ("cbrt", x.cbrt()), ("hypot", x.hypot(2.5)), ("sin", x.sin()), ("cos", x.cos()),
                ("tan", x.tan()), ("asin", x.asin()), ("acos", x.acos()), ("atan", x.atan()), ("atan2", x.atan2(-0.3)),
                ("exp_m1", x.exp_m1()), ("ln_1p", x.ln_1p()), ("sinh", x.sinh()), ("cosh", x.cosh()),
                // Near the largest number the real std overflows on the way.
                ("tanh", x.tanh()), ("asinh", if x == $float::MAX { 1.0 } else { x }.asinh()), ("acosh", if x == $float::MAX { 1.0 } else { x }.acosh()), ("atanh", x.atanh()),
                ("powf", x.powf(2.7)), ("powf-", x.powf(-0.5)), ("sincos", x.sin_cos().0 + x.sin_cos().1),
            ] {
                println!("  {name} {:.*e}", $digits, value);
            }
        }
    };
}

#[allow(deprecated)]
fn constants() {
    println!("{} {} {}", std::u8::MAX, std::i64::MIN, std::usize::MAX == usize::MAX);
    println!("{:?} {:?} {:?}", std::f64::EPSILON, std::f32::MAX, std::f64::consts::PI);
    println!("{:?} {:?} {}", std::f32::consts::SQRT_2, std::f64::INFINITY, std::f64::NAN.is_nan());
    println!("{} {}", std::f64::DIGITS, std::f32::MANTISSA_DIGITS);
}

fn main() {
    test!(f64, 13, [0.1, -0.1, 0.5, -0.5, 0.7, 1.0, -1.0, 1.5, 2.0, -2.5, 3.5, 10.0, -33.3, 100.25, 1e5, -1e9, 1e22, 1e-7, -1e-300, 700.0]);
    test!(f32, 5, [0.1, -0.1, 0.5, -0.5, 0.7, 1.0, -1.0, 1.5, 2.0, -2.5, 3.5, 10.0, -33.3, 80.25, 1e5, -1e9, 1e22, 1e-7, -1e-30]);
    constants();
}
