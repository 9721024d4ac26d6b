//! The C names that are none of `dispatch`'s: what the compiler makes out of calls of others.

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
