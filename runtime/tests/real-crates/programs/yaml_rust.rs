//# yaml-rust
fn main() { println!("{:?}", yaml_rust::YamlLoader::load_from_str("a: [1, 2.5]\nb:\n  c: ~\n").unwrap()); }
