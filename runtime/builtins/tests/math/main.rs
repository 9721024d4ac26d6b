//! The math functions against correctly rounded results.
//!
//! `data/math_cases.txt` has one case a line: function, argument bits, result bits (hexadecimal,
//! 16 or 8 digits without leading zeros). The results were computed by MPFR with 140 bits and
//! rounded once; the arguments are random ones of every range, those with the largest error found
//! among 20,000 per range, and the borders of ranges.
//!
//! All tests run twice: on the functions as this processor gets them, and as those without FMA do.

mod as_chosen {
    use fullrust_builtins::math;

    include!("cases.rs");
}

mod baseline {
    use fullrust_builtins::math::baseline as math;

    include!("cases.rs");
}
