//# url
fn main() {
    let u = url::Url::parse("https://user:pw@exämple.org:8443/a/../b?x=1&y=%20#f").unwrap();
    println!("{u} {:?} {:?} {:?}", u.host_str(), u.port(), u.query_pairs().collect::<Vec<_>>());
    println!("{} {:?}", u.join("../c?d").unwrap(), url::Url::parse("http://[::1").unwrap_err());
}
