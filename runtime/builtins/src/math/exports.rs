//! The C names under which compiled code finds the functions.

macro_rules! export {
    ($($name:ident($($arg:ident),+): $float:ty;)*) => {$(
        // SAFETY: the name and the signature are those of C's `<math.h>`; nothing else in the
        // program may define them.
        #[unsafe(no_mangle)]
        extern "C" fn $name($($arg: $float),+) -> $float {
            super::$name($($arg),+)
        }
    )*};
}

export! {
    acos(x): f64;
    asin(x): f64;
    atan(x): f64;
    atan2(y, x): f64;
    cos(x): f64;
    cosh(x): f64;
    exp(x): f64;
    exp2(x): f64;
    expm1(x): f64;
    hypot(x, y): f64;
    log(x): f64;
    log10(x): f64;
    log1p(x): f64;
    log2(x): f64;
    pow(x, y): f64;
    sin(x): f64;
    sinh(x): f64;
    tan(x): f64;
    tanh(x): f64;
    acosf(x): f32;
    asinf(x): f32;
    atanf(x): f32;
    atan2f(y, x): f32;
    cosf(x): f32;
    coshf(x): f32;
    expf(x): f32;
    exp2f(x): f32;
    expm1f(x): f32;
    hypotf(x, y): f32;
    logf(x): f32;
    log10f(x): f32;
    log1pf(x): f32;
    log2f(x): f32;
    powf(x, y): f32;
    sinf(x): f32;
    sinhf(x): f32;
    tanf(x): f32;
    tanhf(x): f32;
    exp10(x): f64;
    exp10f(x): f32;
}

macro_rules! export_pairs {
    ($($name:ident: $float:ty, $sin:ident, $cos:ident;)*) => {$(
        /// # Safety
        /// Both pointers must be writable.
        // SAFETY: the C library's name and signature; the compiler joins a sine and a cosine into this call.
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name(x: $float, sin: *mut $float, cos: *mut $float) {
            // SAFETY: the caller's promise.
            unsafe {
                *sin = super::$sin(x);
                *cos = super::$cos(x);
            }
        }
    )*};
}

export_pairs! {
    sincos: f64, sin, cos;
    sincosf: f32, sinf, cosf;
}

macro_rules! export_ldexp {
    ($($name:ident: $float:ty;)*) => {$(
        // SAFETY: the name and signature of C; the compiler makes this call of `exp2` of an integer.
        #[unsafe(no_mangle)]
        extern "C" fn $name(x: $float, exponent: i32) -> $float {
            super::ldexp::$name(x, exponent)
        }
    )*};
}

export_ldexp! {
    ldexp: f64;
    ldexpf: f32;
}
