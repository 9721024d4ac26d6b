//! `BufReader`, `BufWriter`, `LineWriter`, `IntoInnerError`, `WriterPanicked`.
use std::io::{self, prelude::*, BufReader, BufWriter, Cursor, Error, ErrorKind, IoSlice, LineWriter, SeekFrom};

/// Logs every call.
#[derive(Debug, Default)]
struct Log {
    calls: Vec<String>,
    fail_after: Option<usize>,
    most: usize,
}
impl Write for Log {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        if self.fail_after == Some(self.calls.len()) {
            self.fail_after = None;
            self.calls.push("failed".into());
            return Err(Error::new(ErrorKind::Other, "full"));
        }
        let n = if self.most == 0 { buf.len() } else { buf.len().min(self.most) };
        self.calls.push(format!("{:?}", String::from_utf8_lossy(&buf[..n])));
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.calls.push("flush".into());
        Ok(())
    }
}

fn main() {
    let mut r = BufReader::with_capacity(4, Cursor::new(b"0123456789abcdef"));
    println!("{:?} {:?}", r.capacity(), r.buffer());
    println!("{:?} {r:?}", r.fill_buf().map(<[u8]>::to_vec));
    r.consume(1);
    println!("{:?} {:?}", r.seek_relative(2), r.buffer());
    println!("{:?} {:?}", r.stream_position(), r.get_ref().position());
    println!("{:?} {:?}", r.seek_relative(5), r.stream_position());
    println!("{:?} {:?}", r.seek(SeekFrom::Current(-2)), r.buffer());
    let mut big = [0; 8];
    println!("{:?} {big:?}", r.read(&mut big));
    println!("{:?}", r.seek(SeekFrom::Start(2)));
    let mut small = [0; 3];
    println!("{:?} {small:?} {:?}", r.read_exact(&mut small), r.buffer());
    let mut rest = String::new();
    println!("{:?} {rest}", r.read_to_string(&mut rest));
    println!("{:?}", r.get_mut().get_ref().len());
    println!("{:?}", r.into_inner().position());
    println!("{}", BufReader::new(io::empty()).capacity());

    let mut w = BufWriter::with_capacity(8, Log::default());
    println!("{:?} {:?}", w.write(b"abc"), w.write(b"def"));
    println!("{:?} {:?} {}", w.buffer(), w, w.capacity());
    println!("{:?} {:?}", w.write(b"ghi"), w.get_ref().calls);
    println!("{:?} {:?}", w.write(b"0123456789"), w.get_ref().calls);
    println!("{:?}", w.write_vectored(&[IoSlice::new(b"12"), IoSlice::new(b"34567"), IoSlice::new(b"89")]));
    println!("{:?} {:?}", w.get_ref().calls, w.buffer());
    println!("{:?} {:?}", w.flush(), w.get_ref().calls);
    println!("{:?}", w.write_all(b"tail"));
    let (inner, rest) = w.into_parts();
    println!("{:?} {:?}", inner.calls, rest);

    let mut w = BufWriter::with_capacity(8, Log { fail_after: Some(0), ..Default::default() });
    w.write_all(b"abc").unwrap();
    let error = w.into_inner().unwrap_err();
    println!("{error} {error:?} {:?}", error.error());
    let w = error.into_inner();
    println!("{:?}", w.into_inner().map(|log| log.calls));
    let mut w = BufWriter::new(Log { fail_after: Some(0), ..Default::default() });
    w.write_all(b"z").unwrap();
    let (error, w) = w.into_inner().unwrap_err().into_parts();
    println!("{error:?} {:?}", w.buffer());
    drop(w);
    let mut w = BufWriter::with_capacity(4, Cursor::new(vec![]));
    w.write_all(b"abcdef").unwrap();
    w.seek(SeekFrom::Start(1)).unwrap();
    w.write_all(b"X").unwrap();
    println!("{:?}", w.into_inner().unwrap());
    let mut w = BufWriter::with_capacity(4, Log { most: 1, ..Default::default() });
    println!("{:?} {:?}", w.write_all(b"abcdefghi"), w.flush());
    println!("{:?}", w.get_mut().calls);

    for most in [0, 2] {
        let mut w = LineWriter::with_capacity(8, Log { most, ..Default::default() });
        println!("{:?} {:?}", w.write(b"ab"), w.get_ref().calls);
        println!("{:?} {:?}", w.write(b"c\nde"), w.get_ref().calls);
        println!("{:?} {:?}", w.write_all(b"f\ng"), w.get_ref().calls);
        println!("{:?} {:?}", w.write(b"0123456789"), w.get_ref().calls);
        println!("{:?} {:?}", w.write_all(b"x\ny\nz"), w.get_ref().calls);
        println!("{w:?}");
        println!("{:?}", w.write_vectored(&[IoSlice::new(b"p"), IoSlice::new(b"q\nr"), IoSlice::new(b"s")]));
        println!("{:?}", w.flush());
        println!("{:?}", w.get_mut().calls);
        println!("{:?}", w.into_inner().map(|log| log.calls.len()));
    }
    let mut w = LineWriter::new(Log { fail_after: Some(0), ..Default::default() });
    println!("{:?}", w.write_all(b"line\n"));
    println!("{:?} {:?}", w.write(b"more"), w.get_ref().calls);
}
