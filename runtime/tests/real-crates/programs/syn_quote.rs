//# syn=full quote proc-macro2
fn main() {
    let f: syn::ItemFn = syn::parse_str("fn f<T: Clone>(x: &T) -> u8 { x.clone(); 7 }").unwrap(); let n = &f.sig.ident;
    println!("{} {}", quote::quote!(mod m { #f const N: &str = stringify!(#n); }), syn::parse_str::<syn::Type>("Vec<").is_err());
    println!("{:?}", "a + 1".parse::<proc_macro2::TokenStream>().unwrap());
}
