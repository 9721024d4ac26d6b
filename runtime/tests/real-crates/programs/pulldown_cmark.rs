//# pulldown-cmark!
fn main() { let mut s = String::new(); pulldown_cmark::html::push_html(&mut s, pulldown_cmark::Parser::new("# T\n\n* a **b** `c`\n* <https://x.y>\n")); println!("{s}"); }
