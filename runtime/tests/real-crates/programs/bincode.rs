//# bincode
fn main() { let b = bincode::serialize(&(1u8, "text", vec![1.5f32])).unwrap(); println!("{b:?} {:?}", bincode::deserialize::<(u8, String, Vec<f32>)>(&b).unwrap()); }
