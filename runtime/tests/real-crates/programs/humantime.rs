//# humantime
use std::time::{Duration, UNIX_EPOCH};
fn main() {
    println!("{}", humantime::format_duration(Duration::new(93784, 5)));
    println!("{:?} {}", humantime::parse_duration("1h 30m"), humantime::format_rfc3339(UNIX_EPOCH + Duration::from_secs(1_700_000_000)));
}
