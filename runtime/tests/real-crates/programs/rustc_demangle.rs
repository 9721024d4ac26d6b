//# rustc-demangle
fn main() { println!("{}", rustc_demangle::demangle("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE")); }
