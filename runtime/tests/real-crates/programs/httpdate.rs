//# httpdate
use std::time::{Duration, UNIX_EPOCH};
fn main() { println!("{}", httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(784_111_777))); println!("{:?}", httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT")); }
