//# wait-timeout
use wait_timeout::ChildExt;
fn main() { let mut c = std::process::Command::new("true").spawn().unwrap(); println!("{:?}", c.wait_timeout(std::time::Duration::from_secs(5)).unwrap().map(|s| s.success())); }
