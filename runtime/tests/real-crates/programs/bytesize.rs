//# bytesize
fn main() { println!("{} {}", bytesize::ByteSize::mib(3), bytesize::ByteSize(1500).to_string_as(true)); }
