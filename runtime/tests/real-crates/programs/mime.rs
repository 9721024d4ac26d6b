//# mime
fn main() { let m: mime::Mime = "text/html; charset=utf-8".parse().unwrap(); println!("{} {:?}", m.subtype(), m.get_param("charset")); }
