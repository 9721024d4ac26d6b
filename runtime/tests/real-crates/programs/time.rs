//# time=formatting,parsing,macros
use time::{OffsetDateTime, macros::{date, format_description}};
fn main() {
    let t = OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap();
    println!("{t} {}", t.format(format_description!("[year]/[month]/[day] [hour]:[minute]")).unwrap());
    println!("{} {}", date!(2024-02-29), date!(2024-02-29).ordinal());
}
