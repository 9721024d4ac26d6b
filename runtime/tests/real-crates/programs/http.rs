//# http
fn main() { let r = http::Request::builder().uri("http://h/p?q").header("X-A", "1").body(()).unwrap(); println!("{r:?} {}", http::StatusCode::IM_A_TEAPOT); }
