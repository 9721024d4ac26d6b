//# uuid
fn main() { let u = uuid::Uuid::parse_str("67e55044-10b1-426f-9247-bb680e5fe0c8").unwrap(); println!("{u} {:?} {}", u.get_version(), u.simple()); }
