//! The provided methods of `Read`, `Write`, `Seek` and `BufRead`, on types that do the least.
use std::io::{self, prelude::*, BufReader, Cursor, Error, ErrorKind, IoSlice, IoSliceMut, SeekFrom};

/// Gives its bytes in given portions, with interruptions between.
struct Portions(Vec<&'static [u8]>, bool);
impl Read for Portions {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(ErrorKind::Interrupted.into());
        }
        let Some(first) = self.0.first_mut() else { return Ok(0) };
        let n = first.len().min(buf.len());
        buf[..n].copy_from_slice(&first[..n]);
        *first = &first[n..];
        if first.is_empty() {
            self.0.remove(0);
        }
        Ok(n)
    }
}
fn portions() -> Portions {
    Portions(vec![b"one\ntw", b"o\n", b"\r\nthree\r", b"\nend"], false)
}

struct Few(Vec<u8>, usize);
impl Write for Few {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        if self.1 == 0 {
            return Ok(0);
        }
        self.1 -= 1;
        if self.1 % 3 == 1 {
            return Err(ErrorKind::Interrupted.into());
        }
        let n = buf.len().min(3);
        self.0.extend_from_slice(&buf[..n]);
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        Err(Error::other("no flush"))
    }
}

struct Bad;
impl std::fmt::Display for Bad {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("some")?;
        f.write_str("thing")
    }
}

fn hint(reader: impl Read) -> (usize, Option<usize>) {
    reader.bytes().size_hint()
}

/// How many bytes readers say are to come.
fn size_hints() {
    let abc = || &b"abc"[..];
    println!("{:?} {:?} {:?} {:?}", hint(abc()), hint(io::empty()), hint(io::repeat(1)), hint(&mut abc()));
    println!("{:?} {:?} {:?}", hint(Box::new(abc())), hint(Cursor::new(abc())), hint(portions()));
    println!("{:?} {:?} {:?}", hint(abc().chain(abc())), hint(abc().chain(portions())), hint(portions().chain(abc())));
    println!("{:?} {:?} {:?}", hint(abc().take(2)), hint(abc().take(9)), hint(portions().take(u64::MAX)));
    println!("{:?} {:?}", hint(io::repeat(1).take(5)), hint(BufReader::new(io::repeat(2))));
    let mut reader = BufReader::new(abc().chain(portions()));
    println!("{:?} {:?} {:?}", hint(&mut reader), reader.fill_buf().map(<[u8]>::len), hint(&mut reader));
    let mut bytes = BufReader::new(abc()).bytes();
    println!("{:?} {:?}", bytes.next(), bytes.size_hint());
}

fn main() {
    size_hints();
    let mut text = String::from("> ");
    println!("{:?} {text:?}", portions().read_to_string(&mut text));
    let mut bytes = vec![1u8];
    println!("{:?} {bytes:?}", portions().read_to_end(&mut bytes));
    let mut exact = [0; 9];
    println!("{:?} {exact:?}", portions().read_exact(&mut exact));
    let mut exact = [0; 99];
    println!("{:?}", portions().read_exact(&mut exact));
    let (mut a, mut b) = ([0; 2], [0; 3]);
    let mut source = portions();
    println!("{:?}", source.read_vectored(&mut [IoSliceMut::new(&mut []), IoSliceMut::new(&mut a), IoSliceMut::new(&mut b)]));
    println!("{:?}", source.read_vectored(&mut [IoSliceMut::new(&mut a), IoSliceMut::new(&mut b)]).map(|n| (n, a, b)));
    println!("{:?}", source.by_ref().take(3).bytes().collect::<Result<Vec<_>, _>>());
    println!("{:?}", source.chain(&b"tail"[..]).bytes().map(Result::unwrap).collect::<Vec<_>>());
    println!("{:?}", io::read_to_string(portions()));
    println!("{:?}", io::read_to_string(&b"\xff"[..]));
    let mut kept = String::from("kept");
    println!("{:?} {kept}", (&b"ab\xff"[..]).read_to_string(&mut kept));

    for capacity in [1, 3, 100] {
        let reader = || BufReader::with_capacity(capacity, portions());
        println!("{:?}", reader().lines().collect::<Result<Vec<_>, _>>());
        println!("{:?}", reader().split(b'e').collect::<Result<Vec<_>, _>>());
        let mut r = reader();
        let mut buf = Vec::new();
        println!("{:?} {buf:?}", r.read_until(b'w', &mut buf));
        println!("{:?}", r.skip_until(b'\n'));
        let mut line = String::new();
        println!("{:?} {line:?} {:?} {line:?}", r.read_line(&mut line), 0);
        println!("{:?} {line:?}", r.read_line(&mut line));
        println!("{:?} {:?}", r.read_until(b'z', &mut buf), r.skip_until(b'x'));
        println!("{:?}", r.fill_buf());
    }
    let mut line = String::from("x");
    println!("{:?} {line:?}", BufReader::new(&b"ab\xff\nrest"[..]).read_line(&mut line));

    for limit in 0..9 {
        let mut w = Few(vec![], limit);
        println!("{:?} {:?}", w.write_all(b"hello world"), w.0);
        println!("{:?}", w.flush());
        let mut w = Few(vec![], limit);
        println!("{:?} {:?}", write!(w, "{}-{}", Bad, 42), String::from_utf8_lossy(&w.0));
        let mut w = Few(vec![], limit);
        println!("{:?}", w.write_vectored(&[IoSlice::new(b""), IoSlice::new(b"abcdef"), IoSlice::new(b"g")]));
    }
    let mut w = Few(vec![], 9);
    println!("{:?}", w.by_ref().write(b"zzzz"));

    let mut cursor = Cursor::new(b"0123456789");
    println!("{:?}", cursor.seek(SeekFrom::End(-3)));
    println!("{:?} {:?}", cursor.stream_position(), cursor.seek_relative(-2));
    println!("{:?} {:?}", cursor.stream_position(), cursor.seek(SeekFrom::Current(-90)));
    println!("{:?} {:?}", cursor.rewind(), cursor.position());
    println!("{:?}", SeekFrom::Start(3) == SeekFrom::Current(3));
}
