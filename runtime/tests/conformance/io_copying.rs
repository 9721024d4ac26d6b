//! `io::copy` between all kinds of ends: the kernel's shortcuts, positions, and what is buffered already.
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Cursor, SeekFrom, prelude::*};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::thread;

fn data(n: usize) -> Vec<u8> {
    (0..n).map(|i| (i * 31 % 251) as u8).collect()
}

pub fn between_files() -> io::Result<()> {
    let d = data(300_000);
    fs::write("a", &d)?;
    let mut a = File::open("a")?;
    let mut b = File::create("b")?;
    println!("{:?} {:?} {:?}", io::copy(&mut a, &mut b)?, a.stream_position()?, b.stream_position()?);
    println!("{:?}", io::copy(&mut a, &mut b)?);
    a.seek(SeekFrom::Start(1000))?;
    b.seek(SeekFrom::Start(5))?;
    println!(
        "{:?} {:?} {:?}",
        io::copy(&mut Read::by_ref(&mut a).take(777), &mut b)?,
        a.stream_position()?,
        b.stream_position()?
    );
    println!("{}", fs::read("b")?[5..782] == d[1000..1777]);
    let mut r = BufReader::with_capacity(100, File::open("a")?);
    let mut ten = [0; 10];
    r.read_exact(&mut ten)?;
    let mut w = BufWriter::new(File::create("c")?);
    w.write_all(b"head")?;
    println!("{:?} {:?}", io::copy(&mut r, &mut w)?, r.stream_position()?);
    w.write_all(b"tail")?;
    w.flush()?;
    let c = fs::read("c")?;
    println!("{} {} {} {}", c.len(), &c[..4] == b"head", c[4..c.len() - 4] == d[10..], &c[c.len() - 4..] == b"tail");
    // into itself, appended
    let mut app = OpenOptions::new().append(true).open("c")?;
    println!("{:?} {:?}", io::copy(&mut File::open("a")?.take(50), &mut app)?, app.stream_position()?);
    println!("{}", fs::metadata("c")?.len());
    // take twice, chain
    let mut chain = File::open("a")?.take(10).chain(File::open("a")?.take(5));
    let mut out = Vec::new();
    println!("{:?} {:?}", io::copy(&mut chain, &mut out)?, out == [&d[..10], &d[..5]].concat());
    let mut t = File::open("a")?.take(100);
    println!("{:?} {}", io::copy(&mut t, &mut File::create("d")?)?, t.limit());
    let mut t = File::open("a")?.take(1 << 40);
    println!("{:?} {}", io::copy(&mut t, &mut File::create("d")?)?, t.limit());
    println!("{:?}", io::copy(&mut File::open("/proc/self/stat")?, &mut File::create("e")?)? > 10);
    println!("{:?}", io::copy(&mut File::open("/dev/zero")?.take(70_000), &mut File::create("f")?)?);
    println!("{:?}", io::copy(&mut File::open("a")?, &mut OpenOptions::new().write(true).open("/dev/null")?)?);
    println!(
        "{:?}",
        io::copy(&mut File::open("a")?, &mut OpenOptions::new().write(true).open("/dev/full")?).map_err(|e| e.kind())
    );
    println!("{:?}", io::copy(&mut File::open("a")?, &mut File::open("a")?).map_err(|e| (e.kind(), e.raw_os_error())));
    println!(
        "{:?}",
        io::copy(&mut OpenOptions::new().append(true).open("a")?, &mut File::create("g")?)
            .map_err(|e| (e.kind(), e.raw_os_error()))
    );
    println!(
        "{:?}",
        io::copy(&mut File::open(".")?, &mut File::create("h")?).map_err(|e| (e.kind(), e.raw_os_error()))
    );
    println!(
        "{:?} {:?}",
        io::copy(&mut io::empty(), &mut io::sink())?,
        io::copy(&mut io::repeat(7).take(100_000), &mut io::sink())?
    );
    for n in ["d", "e", "f", "g", "h"] {
        fs::remove_file(n)?;
    }
    Ok(())
}

pub fn through_sockets_and_pipes() -> io::Result<()> {
    let d = data(500_000);
    fs::write("a", &d)?;
    let l = TcpListener::bind("127.0.0.1:0")?;
    let addr = l.local_addr()?;
    let t = thread::spawn(move || {
        let mut s = l.accept().unwrap().0;
        let mut v = Vec::new();
        s.read_to_end(&mut v).unwrap();
        v
    });
    let mut s = TcpStream::connect(addr)?;
    println!("{}", io::copy(&mut File::open("a")?, &mut s)?);
    drop(s);
    println!("{}", t.join().unwrap() == d);
    let (mut x, mut y) = UnixStream::pair()?;
    let d2 = d.clone();
    let t = thread::spawn(move || {
        x.write_all(&d2).unwrap();
    });
    println!("{}", io::copy(&mut y, &mut File::create("b")?)?);
    t.join().unwrap();
    println!("{}", fs::read("b")? == d);
    let (mut x, mut y) = UnixStream::pair()?;
    let (mut z, w) = UnixStream::pair()?;
    let t = thread::spawn(move || {
        x.write_all(&data(1_000_000)).unwrap();
    });
    let t2 = thread::spawn(move || {
        let mut v = Vec::new();
        { &w }.read_to_end(&mut v).unwrap();
        v.len()
    });
    println!("{}", io::copy(&mut y, &mut z)?);
    drop(z);
    t.join().unwrap();
    println!("{}", t2.join().unwrap());
    let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().unwrap();
    let t = thread::spawn(move || io::copy(&mut File::open("a").unwrap(), &mut input).unwrap());
    let mut out = child.stdout.take().unwrap();
    println!("{}", io::copy(&mut out, &mut File::create("c")?)?);
    println!("{} {} {}", t.join().unwrap(), fs::read("c")? == d, child.wait()?);
    let (mut r, mut w) = io::pipe()?;
    let t = thread::spawn(move || {
        w.write_all(&data(200_000)).unwrap();
    });
    println!("{}", io::copy(&mut Read::by_ref(&mut r).take(150_000), &mut io::sink())?);
    println!("{}", io::copy(&mut r, &mut io::stdout().lock()).map(|n| n > 0)?);
    t.join().unwrap();
    println!();
    Ok(())
}

// run: $P <$INPUT | wc -c; $P <$INPUT >out; $P <$INPUT >>out; wc -c <out; head -c 100000 /dev/zero | $P | wc -c
pub fn standard_streams() -> io::Result<()> {
    print!("before ");
    let n = io::copy(&mut io::stdin(), &mut io::stdout())?;
    print!("after {n}");
    let n = io::copy(&mut io::stdin().lock(), &mut io::stdout().lock())?;
    print!("{n}");
    eprintln!("{}", io::copy(&mut Cursor::new(b"to stderr\n"), &mut io::stderr())?);
    Ok(())
}

struct Odd(u8);
impl Read for Odd {
    fn read(&mut self, b: &mut [u8]) -> io::Result<usize> {
        self.0 += 1;
        match self.0 {
            1 => Err(io::ErrorKind::Interrupted.into()),
            2 => {
                b[0] = b'x';
                Ok(1)
            }
            3 => Err(io::Error::other("third")),
            _ => Ok(0),
        }
    }
}
struct Stingy(Vec<u8>, bool);
impl Write for Stingy {
    fn write(&mut self, b: &[u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let n = b.len().min(3);
        self.0.extend(&b[..n]);
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
pub fn with_own_ends() {
    let mut v = Vec::new();
    println!("{:?} {:?}", io::copy(&mut Odd(0), &mut v).map_err(|e| e.to_string()), v);
    let mut s = Stingy(Vec::new(), false);
    println!("{:?} {:?}", io::copy(&mut &b"hello world"[..], &mut s).map_err(|e| e.to_string()), s.0);
    let mut nothing: [u8; 4] = [0; 4];
    println!("{:?}", io::copy(&mut &b"hello world"[..], &mut &mut nothing[..]).map_err(|e| (e.kind(), e.to_string())));
    println!("{:?}", nothing);
    let mut c = Cursor::new(vec![1u8; 3]);
    println!("{:?} {:?}", io::copy(&mut &[9u8; 7][..], &mut c).unwrap(), c);
    let mut r = BufReader::with_capacity(4, Odd(1));
    println!("{:?}", io::copy(&mut r, &mut v).map_err(|e| e.to_string()));
    println!("{:?}", io::copy(&mut r, &mut v).map_err(|e| e.to_string()));
    let mut dq = std::collections::VecDeque::from([1u8, 2, 3]);
    println!("{:?} {:?}", io::copy(&mut &b"ab"[..], &mut dq).unwrap(), dq);
    println!("{:?} {:?}", io::copy(&mut dq, &mut v).unwrap(), v);
    println!("{:?}", io::read_to_string(&b"ab\xff"[..]).map_err(|e| (e.kind(), e.to_string())));
}

/// Says how much it is given at once.
struct Sizes(Vec<usize>);
impl Write for Sizes {
    fn write(&mut self, b: &[u8]) -> io::Result<usize> {
        self.0.push(b.len());
        Ok(b.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
pub fn memory_goes_in_one_piece() {
    let bytes = vec![1u8; 40_000];
    let written = |reader: &mut dyn FnMut(&mut Sizes) -> io::Result<u64>| {
        let mut sizes = Sizes(Vec::new());
        println!("{:?} {:?}", reader(&mut sizes), sizes.0);
    };
    written(&mut |w| io::copy(&mut &bytes[..], w));
    for capacity in [100, 8191, 8192, 16_384, 50_000] {
        let mut reader = BufReader::with_capacity(capacity, Cursor::new(&bytes));
        println!("{:?}", reader.read_exact(&mut [0; 3]));
        written(&mut |w| io::copy(&mut reader, w));
    }
    written(&mut |w| io::copy(&mut (&bytes[..]).chain(&bytes[..10]), w));
    println!("{:?}", io::copy(&mut BufReader::with_capacity(9000, Odd(0)), &mut io::sink()).map_err(|e| e.to_string()));
}
