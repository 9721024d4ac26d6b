//# miniz_oxide
fn main() { let z = miniz_oxide::deflate::compress_to_vec(&b"hello ".repeat(100), 6); println!("{} {}", z.len(), miniz_oxide::inflate::decompress_to_vec(&z).unwrap().len()); }
