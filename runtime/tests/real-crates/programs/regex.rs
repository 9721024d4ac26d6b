//# regex
fn main() {
    let r = regex::Regex::new(r"(?P<y>\d{4})-(?P<m>\d{2})").unwrap();
    for c in r.captures_iter("2024-05 and 1999-12, 12-1") { println!("{} {}", &c["y"], &c["m"]); }
    println!("{}", r.replace_all("at 2024-05", "$m/$y"));
    println!("{:?}", regex::Regex::new("(").is_err());
}
