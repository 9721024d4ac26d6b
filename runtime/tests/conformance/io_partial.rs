//! Buffered writers above one that takes little: what they say they took, what goes out when, and what stays in the buffer.
use std::io::*;

struct Little(usize, Vec<String>);
impl Write for Little {
    fn write(&mut self, data: &[u8]) -> Result<usize> {
        let n = data.len().min(self.0);
        self.1.push(String::from_utf8_lossy(&data[..n]).into_owned());
        Ok(n)
    }
    fn flush(&mut self) -> Result<()> {
        self.1.push("flushed".into());
        Ok(())
    }
}

const DATA: [&str; 9] =
    ["ab", "c\nd", "efghij\nk", "", "lmnopqrstuvwxyz", "\n", "0123\n456789abcdef\nxyz", "ABCD\nEFGHIJKLMNOP", "Q"];

fn drive(mut writer: impl Write) {
    for data in DATA {
        println!("{data:?} {:?}", writer.write(data.as_bytes()));
    }
    for (a, b) in DATA.iter().zip(DATA.iter().skip(1)) {
        let slices = [IoSlice::new(b""), IoSlice::new(a.as_bytes()), IoSlice::new(b.as_bytes()), IoSlice::new(b"-")];
        println!("{a:?} {b:?} {:?}", writer.write_vectored(&slices));
    }
    for data in DATA {
        println!("{data:?} {:?}", writer.write_all(data.as_bytes()).map_err(|error| error.to_string()));
    }
    println!("{:?} {:?}", writer.write_fmt(format_args!("{}\n{}", 1, 23)), writer.flush());
}

fn main() {
    for capacity in [0, 1, 5, 8, 16] {
        for most in [1, 3, 7, 100] {
            println!("{capacity} {most}");
            let mut lines = LineWriter::with_capacity(capacity, Little(most, Vec::new()));
            drive(&mut lines);
            println!("{:?}", lines.get_ref().1);
            let mut writer = BufWriter::with_capacity(capacity, Little(most, Vec::new()));
            drive(&mut writer);
            println!("{:?} {:?}", writer.get_ref().1, writer.buffer());
        }
    }
}
