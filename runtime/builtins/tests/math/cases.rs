// Included by main.rs, once for each variant, which brings `math` into scope.

/// Position of a float among all floats, so that neighbours differ by one.
fn order(bits: u64, sign: u64) -> i128 {
    if bits & sign != 0 { -i128::from(bits & !sign) } else { i128::from(bits) }
}

fn apart_64(a: f64, b: f64) -> i128 {
    if a.is_nan() && b.is_nan() {
        return 0;
    }
    (order(a.to_bits(), 1 << 63) - order(b.to_bits(), 1 << 63)).abs()
}

fn apart_32(a: f32, b: f32) -> i128 {
    apart_64_bits(a.is_nan() && b.is_nan(), a.to_bits().into(), b.to_bits().into())
}

fn apart_64_bits(both_nan: bool, a: u64, b: u64) -> i128 {
    if both_nan { 0 } else { (order(a, 1 << 31) - order(b, 1 << 31)).abs() }
}

macro_rules! one {
    ($name:expr, $($function:ident)*) => { match $name { $(stringify!($function) => Some(|x| math::$function(x)),)* _ => None } };
}

macro_rules! two {
    ($name:expr, $($function:ident)*) => { match $name { $(stringify!($function) => Some(|x, y| math::$function(x, y)),)* _ => None } };
}

fn one_64(name: &str) -> Option<fn(f64) -> f64> {
    one!(name, acos asin atan cos cosh exp exp2 expm1 log log10 log1p log2 sin sinh tan tanh)
}

fn one_32(name: &str) -> Option<fn(f32) -> f32> {
    one!(name, acosf asinf atanf cosf coshf expf exp2f expm1f logf log10f log1pf log2f sinf sinhf tanf tanhf)
}

fn two_64(name: &str) -> Option<fn(f64, f64) -> f64> {
    two!(name, atan2 hypot pow)
}

fn two_32(name: &str) -> Option<fn(f32, f32) -> f32> {
    two!(name, atan2f hypotf powf)
}

fn single(bits: u64) -> f32 {
    f32::from_bits(u32::try_from(bits).expect("a single has 32 bits"))
}

/// The distance of our result from the right one, in units of the last place.
fn distance(name: &str, numbers: &[u64]) -> i128 {
    let double = f64::from_bits;
    match *numbers {
        [x, right] => match one_64(name) {
            Some(function) => apart_64(function(double(x)), double(right)),
            None => apart_32(one_32(name).expect(name)(single(x)), single(right)),
        },
        [x, y, right] => match two_64(name) {
            Some(function) => apart_64(function(double(x), double(y)), double(right)),
            None => apart_32(two_32(name).expect(name)(single(x), single(y)), single(right)),
        },
        _ => panic!("{name}: a case has two or three numbers"),
    }
}

#[test]
fn every_function_is_within_one_unit_of_the_correctly_rounded_result() {
    let (mut cases, mut exact) = (0, 0);
    for line in include_str!("../data/math_cases.txt").lines() {
        let mut fields = line.split(' ');
        let name = fields.next().expect("a name");
        let numbers: Vec<u64> = fields.map(|field| u64::from_str_radix(field, 16).expect("hexadecimal")).collect();
        let distance = distance(name, &numbers);
        assert!(distance <= 1, "{line}: {distance} units off");
        cases += 1;
        exact += u32::from(distance == 0);
    }
    assert!(cases > 5000, "{cases} cases");
    // Correct rounding is not promised; being mostly correct is what the accuracy stated implies.
    assert!(exact * 100 > cases * 97, "{exact} of {cases} are correctly rounded");
}

/// Two results that must be the same, the sign of zero included; any NaN equals any other.
#[track_caller]
fn same(got: f64, want: f64) {
    assert!(got.to_bits() == want.to_bits() || (got.is_nan() && want.is_nan()), "{got:?} is not {want:?}");
}

/// An exact power of two, subnormal or not.
fn two_to(e: i32) -> f64 {
    let bits = if e < -1022 { 1u64 << (e + 1074) } else { ((e + 1023) as u64) << 52 };
    f64::from_bits(bits)
}

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

#[test]
fn odd_functions_keep_the_sign_of_zero() {
    for name in ["asin", "atan", "expm1", "log1p", "sin", "sinh", "tan", "tanh"] {
        let function = one_64(name).expect(name);
        same(function(0.0), 0.0);
        same(function(-0.0), -0.0);
        let function = one_32(&format!("{name}f")).expect(name);
        same(f64::from(function(-0.0)), -0.0);
        same(f64::from(function(0.0)), 0.0);
    }
}

#[test]
fn not_a_number_stays_not_a_number() {
    for name in "acos asin atan cos cosh exp exp2 expm1 log log10 log1p log2 sin sinh tan tanh".split(' ') {
        same(one_64(name).expect(name)(NAN), NAN);
        same(f64::from(one_32(&format!("{name}f")).expect(name)(f32::NAN)), NAN);
    }
    same(math::atan2(NAN, 1.0), NAN);
    same(math::atan2(1.0, NAN), NAN);
    same(math::hypot(NAN, 1.0), NAN);
    same(math::pow(NAN, 1.0), NAN);
    same(math::pow(2.0, NAN), NAN);
}

#[test]
fn arguments_outside_the_domain_give_nan() {
    for (name, x) in [
        ("acos", 1.5),
        ("asin", -1.5),
        ("log", -1.0),
        ("log2", -INF),
        ("log10", -1e-310),
        ("log1p", -2.0),
        ("sin", INF),
        ("cos", -INF),
        ("tan", INF),
    ] {
        same(one_64(name).expect(name)(x), NAN);
        same(f64::from(one_32(&format!("{name}f")).expect(name)(if x == -1e-310 { -1e-42 } else { x as f32 })), NAN);
    }
    same(math::pow(-2.0, 0.5), NAN);
    same(f64::from(math::powf(-2.0, 0.5)), NAN);
}

#[test]
fn infinities_and_limits() {
    same(math::exp(INF), INF);
    same(math::exp(-INF), 0.0);
    same(math::exp(1000.0), INF);
    same(math::exp(-1000.0), 0.0);
    same(math::exp2(INF), INF);
    same(math::exp2(-INF), 0.0);
    same(math::exp2(-1074.0), 5e-324);
    same(math::exp2(-1076.0), 0.0);
    same(math::expm1(INF), INF);
    same(math::expm1(-INF), -1.0);
    same(math::log(0.0), -INF);
    same(math::log(-0.0), -INF);
    same(math::log(INF), INF);
    same(math::log(1.0), 0.0);
    same(math::log1p(-1.0), -INF);
    same(math::log1p(INF), INF);
    same(math::sinh(-INF), -INF);
    same(math::cosh(-INF), INF);
    same(math::tanh(-INF), -1.0);
    same(math::atan(-INF), -core::f64::consts::FRAC_PI_2);
    same(math::acos(1.0), 0.0);
    same(math::acos(-1.0), core::f64::consts::PI);
    same(f64::from(math::expf(f32::INFINITY)), INF);
    same(f64::from(math::expf(-1000.0)), 0.0);
    same(f64::from(math::exp2f(-149.0)), two_to(-149));
    same(f64::from(math::exp2f(128.0)), INF);
    same(f64::from(math::logf(0.0)), -INF);
}

#[test]
fn atan2_follows_annex_f() {
    use core::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};
    for (y, x, want) in [
        (0.0, 1.0, 0.0),
        (0.0, 0.0, 0.0),
        (0.0, -0.0, PI),
        (0.0, -1.0, PI),
        (1.0, 0.0, FRAC_PI_2),
        (1.0, -0.0, FRAC_PI_2),
        (1.0, INF, 0.0),
        (1.0, -INF, PI),
        (INF, 1.0, FRAC_PI_2),
        (INF, INF, FRAC_PI_4),
        (INF, -INF, 3.0 * FRAC_PI_4),
        (5e-324, 1e300, 0.0),
        (5e-324, -1e300, PI),
        (1e300, 5e-324, FRAC_PI_2),
    ] {
        same(math::atan2(y, x), want);
        same(math::atan2(-y, x), -want);
    }
}

#[test]
fn hypot_of_infinity_is_infinite_even_beside_nan() {
    same(math::hypot(-INF, NAN), INF);
    same(math::hypot(NAN, INF), INF);
    same(math::hypot(0.0, -0.0), 0.0);
    same(math::hypot(3.0 * two_to(900), 4.0 * two_to(900)), 5.0 * two_to(900));
    same(math::hypot(3.0 * two_to(-1060), 4.0 * two_to(-1060)), 5.0 * two_to(-1060));
    same(math::hypot(f64::MAX, f64::MAX), INF);
    same(f64::from(math::hypotf(f32::NAN, f32::INFINITY)), INF);
}

#[test]
fn pow_follows_annex_f() {
    for (x, y, want) in [
        (0.0, -1.0, INF),
        (-0.0, -1.0, -INF),
        (-0.0, -2.0, INF),
        (-0.0, -INF, INF),
        (0.0, 3.0, 0.0),
        (-0.0, 3.0, -0.0),
        (-0.0, 2.5, 0.0),
        (-1.0, INF, 1.0),
        (-1.0, -INF, 1.0),
        (1.0, NAN, 1.0),
        (NAN, 0.0, 1.0),
        (NAN, -0.0, 1.0),
        (0.5, -INF, INF),
        (2.0, -INF, 0.0),
        (0.5, INF, 0.0),
        (-2.0, INF, INF),
        (-INF, -3.0, -0.0),
        (-INF, -2.5, 0.0),
        (-INF, 3.0, -INF),
        (-INF, 4.0, INF),
        (INF, -1e-300, 0.0),
        (INF, 1e-300, INF),
        (-2.0, 3.0, -8.0),
        (-2.0, -2.0, 0.25),
        (-1.0, 9007199254740993.0, 1.0),
        (-1.0, 9007199254740991.0, -1.0),
        (2.0, -1074.0, 5e-324),
        (2.0, 1024.0, INF),
        (-2.0, 1025.0, -INF),
        (f64::MAX, 1e-320, 1.0),
        (1.0000000000000002, 1e300, INF),
        (0.9999999999999999, 1e300, 0.0),
        (0.9999999999999999, f64::MAX, 0.0),
    ] {
        same(math::pow(x, y), want);
    }
    same(f64::from(math::powf(-0.0, -3.0)), -INF);
    same(f64::from(math::powf(1.0, f32::NAN)), 1.0);
    same(f64::from(math::powf(-2.0, 127.0)), -(two_to(127)));
}

#[test]
fn whole_powers_and_logarithms_are_exact() {
    for e in -1074..1024i32 {
        let power = two_to(e);
        same(math::log2(power), f64::from(e));
        same(math::exp2(f64::from(e)), power);
        same(math::pow(2.0, f64::from(e)), power);
    }
    for e in 0..=22 {
        let mut power = 1.0;
        (0..e).for_each(|_| power *= 10.0);
        same(math::log10(power), f64::from(e));
        same(math::pow(10.0, f64::from(e)), power);
    }
    for n in 1..2000u32 {
        same(math::pow(f64::from(n), 3.0), f64::from(n) * f64::from(n) * f64::from(n));
        same(math::pow(f64::from(n * n), 0.5), f64::from(n));
    }
}

/// A small generator, so that the run is the same every time.
fn random(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    (*state >> 11) as f64 / (1u64 << 53) as f64
}

#[test]
fn identities_hold_at_random_points() {
    let mut state = 1;
    for _ in 0..100_000 {
        let x = (random(&mut state) - 0.5) * 40.0;
        let (s, c) = (math::sin(x), math::cos(x));
        assert!((s * s + c * c - 1.0).abs() < 4e-16, "sin^2 + cos^2 at {x}");
        assert!((math::tan(x) - s / c).abs() <= 4e-16 * (1.0 + (s / c).abs()), "tan at {x}");
        assert!((math::log(math::exp(x)) - x).abs() < 4e-16 * (1.0 + x.abs()), "log exp at {x}");
        same(math::sin(-x), -s);
        same(math::cos(-x), c);
        let u = x / 20.0;
        assert!((math::asin(u) + math::acos(u) - core::f64::consts::FRAC_PI_2).abs() < 5e-16, "asin + acos at {u}");
        assert!((math::cosh(u) + math::sinh(u) - math::exp(u)).abs() < 2e-15, "cosh + sinh at {u}");
    }
}

#[test]
fn monotone_near_every_table_step() {
    for step in 1..2000 {
        let at = f64::from(step) / 256.0;
        let next = f64::from_bits(at.to_bits() + 1);
        let before = f64::from_bits(at.to_bits() - 1);
        for name in ["exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sinh", "cosh", "tanh", "atan"] {
            let function = one_64(name).expect(name);
            assert!(function(before) <= function(at) && function(at) <= function(next), "{name} at {at}");
        }
    }
}
