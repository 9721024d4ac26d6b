//# chrono
use chrono::{TimeZone, Utc, Duration, Datelike, NaiveDate};
fn main() {
    let t = Utc.timestamp_opt(1_700_000_000, 5_000_000).unwrap();
    println!("{t} {} {}", t.to_rfc3339(), t.format("%a %d %b %Y %H:%M:%S%.3f"));
    println!("{:?}", (t + Duration::days(400)).date_naive().weekday());
    println!("{:?}", NaiveDate::parse_from_str("2023-02-29", "%Y-%m-%d").is_err());
    println!("{}", Utc::now().year() > 2000);
}
