// Pages for the primitive types in the documentation, which collect their inherent methods.

macro_rules! primitives {
    ($($name:literal $module:ident)*) => {$(
        #[doc = concat!("The primitive type ", $name, ".")]
        #[rustc_doc_primitive = $name]
        mod $module {}
    )*};
}

primitives! {
    "bool" prim_bool "never" prim_never "char" prim_char "unit" prim_unit "pointer" prim_pointer "array" prim_array
    "slice" prim_slice "str" prim_str "tuple" prim_tuple "f16" prim_f16 "f32" prim_f32 "f64" prim_f64 "f128" prim_f128
    "i8" prim_i8 "i16" prim_i16 "i32" prim_i32 "i64" prim_i64 "i128" prim_i128 "u8" prim_u8 "u16" prim_u16
    "u32" prim_u32 "u64" prim_u64 "u128" prim_u128 "isize" prim_isize "usize" prim_usize "reference" prim_ref
    "fn" prim_fn
}
