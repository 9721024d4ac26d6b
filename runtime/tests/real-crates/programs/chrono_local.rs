//# chrono
use chrono::{Local, TimeZone};
fn main() { println!("{}", Local.timestamp_opt(1_700_000_000, 0).unwrap().naive_utc()); }
