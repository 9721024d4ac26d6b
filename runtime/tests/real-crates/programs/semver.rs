//# semver
fn main() { let r = semver::VersionReq::parse(">=1.2, <2").unwrap(); for v in ["1.1.9", "1.2.0-rc", "1.9.0", "2.0.0"] { println!("{v} {}", r.matches(&semver::Version::parse(v).unwrap())); } }
