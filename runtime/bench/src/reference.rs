//! What the functions are compared with: the C library's, found at run time, and MPFR as the arbiter.

use std::ffi::{CStr, CString, c_char, c_int, c_long, c_void};

use fullrust_builtins as _;

unsafe extern "C" {
    safe fn dlopen(file: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

const RTLD_NOW: c_int = 2;

/// A function of the C library, which a plain name would not reach: this program's own definitions come first.
pub fn library_function(name: &CStr) -> *const () {
    let libm = dlopen(c"libm.so.6".as_ptr(), RTLD_NOW);
    // SAFETY: the library is loaded, the name is a C string.
    let function = unsafe { dlsym(libm, name.as_ptr()) };
    assert!(!function.is_null(), "{name:?}");
    function.cast_const().cast()
}

macro_rules! ours {
    ($($name:ident)*) => {
        unsafe extern "C" { $(fn $name();)* }

        /// This repository's function of that name.
        pub fn our_function(name: &str) -> *const () {
            match name {
                $(stringify!($name) => $name as *const (),)*
                _ => panic!("{name} is not ours"),
            }
        }
    };
}

ours! {
    exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh atan2 hypot pow
    expf exp2f expm1f logf log2f log10f log1pf sinf cosf tanf asinf acosf atanf sinhf coshf tanhf atan2f hypotf powf
}

/// MPFR's number (mpfr.h, `__mpfr_struct`).
#[repr(C)]
struct Number {
    precision: c_long,
    sign: c_int,
    exponent: c_long,
    limbs: *mut u64,
}

type Init = unsafe extern "C" fn(*mut Number, c_long);
type FromDouble = unsafe extern "C" fn(*mut Number, f64, c_int) -> c_int;
type ToDouble = unsafe extern "C" fn(*const Number, c_int) -> f64;
type Unary = unsafe extern "C" fn(*mut Number, *const Number, c_int) -> c_int;
type Binary = unsafe extern "C" fn(*mut Number, *const Number, *const Number, c_int) -> c_int;
type MinusDouble = unsafe extern "C" fn(*mut Number, *const Number, f64, c_int) -> c_int;

const NEAREST: c_int = 0;
const BITS: c_long = 140;

/// The library, loaded.
pub struct Mpfr {
    library: *mut c_void,
    init: Init,
    from_double: FromDouble,
    to_double: ToDouble,
    minus_double: MinusDouble,
}

impl Mpfr {
    /// Loads it; `None` if it is not installed.
    pub fn load() -> Option<Self> {
        let library = dlopen(c"libmpfr.so.6".as_ptr(), RTLD_NOW);
        if library.is_null() {
            return None;
        }
        // SAFETY: mpfr.h's signatures.
        unsafe {
            Some(Self {
                library,
                init: std::mem::transmute::<*mut c_void, Init>(dlsym(library, c"mpfr_init2".as_ptr())),
                from_double: std::mem::transmute::<*mut c_void, FromDouble>(dlsym(library, c"mpfr_set_d".as_ptr())),
                to_double: std::mem::transmute::<*mut c_void, ToDouble>(dlsym(library, c"mpfr_get_d".as_ptr())),
                minus_double: std::mem::transmute::<*mut c_void, MinusDouble>(dlsym(library, c"mpfr_sub_d".as_ptr())),
            })
        }
    }

    fn number(&self, value: f64) -> Number {
        let mut number = Number { precision: 0, sign: 0, exponent: 0, limbs: std::ptr::null_mut() };
        // SAFETY: mpfr_init2 fills the structure. It is never cleared: MPFR keeps the limbs, which nobody misses here.
        unsafe {
            (self.init)(&mut number, BITS);
            (self.from_double)(&mut number, value, NEAREST);
        }
        number
    }

    /// How far two results are from the exact one, in units of the last place of a format with `bits` bits.
    pub fn errors(&self, name: &str, arguments: &[f64], results: [f64; 2], bits: i32) -> [f64; 2] {
        let symbol = CString::new(format!("mpfr_{name}")).expect("a name");
        thread_local!(static NUMBERS: std::cell::RefCell<Vec<Number>> = const { std::cell::RefCell::new(Vec::new()) });
        NUMBERS.with_borrow_mut(|numbers| {
            while numbers.len() < 4 {
                numbers.push(self.number(0.0));
            }
            let [exact, x, y, difference] = &mut numbers[..] else { unreachable!() };
            // SAFETY: the function of that name has that many arguments; the numbers are initialised.
            unsafe {
                let function = dlsym(self.library, symbol.as_ptr());
                (self.from_double)(x, arguments[0], NEAREST);
                if let Some(&second) = arguments.get(1) {
                    (self.from_double)(y, second, NEAREST);
                    std::mem::transmute::<*mut c_void, Binary>(function)(exact, x, y, NEAREST);
                } else {
                    std::mem::transmute::<*mut c_void, Unary>(function)(exact, x, NEAREST);
                }
                let rounded = (self.to_double)(exact, NEAREST);
                if rounded == 0.0 || !rounded.is_finite() {
                    return [0.0; 2];
                }
                // MPFR's mantissa is from 1/2 to 1. No range here reaches the subnormals.
                let place = f64::from(exact.exponent as i32 - bits).exp2();
                results.map(|result| {
                    (self.minus_double)(difference, exact, result, NEAREST);
                    ((self.to_double)(difference, NEAREST) / place).abs()
                })
            }
        })
    }
}
