//! `empty`, `sink`, `repeat`, `Chain`, `Take`, `Bytes`, `copy`, `pipe`.
use std::fs::{self, File};
use std::io::{self, prelude::*, BufReader, Cursor, SeekFrom};

fn main() -> io::Result<()> {
    let mut e = io::empty();
    println!("{e:?} {:?} {:?}", io::empty().read(&mut [0; 3])?, io::empty().write(b"abc")?);
    println!("{:?}", e.fill_buf()?);
    println!("{:?} {:?} {:?}", e.read_exact(&mut [0]), e.read_exact(&mut []), e.seek(SeekFrom::End(5))?);
    println!("{:?} {:?}", io::sink().write(b"abc")?, (&io::sink()).write_all(b"x"));
    let mut three = [0; 3];
    io::repeat(7).read_exact(&mut three)?;
    println!("{three:?} {:?}", io::repeat(1).take(5).read_to_end(&mut Vec::new()));

    let mut chain = (&b"abc"[..]).chain(&b"def"[..]);
    println!("{:?}", chain.read(&mut [])?);
    println!("{:?}", chain.fill_buf()?);
    chain.consume(2);
    let mut line = String::new();
    println!("{:?}", chain.read_line(&mut line)?);
    println!("{line} {:?}", chain.get_ref());
    println!("{:?}", chain.into_inner());

    let mut take = Cursor::new(b"0123456789").take(6);
    println!("{} {:?}", take.limit(), take.read(&mut three)?);
    println!("{:?} {:?}", take.seek(SeekFrom::Current(-2))?, take.limit());
    println!("{:?} {:?}", take.seek(SeekFrom::End(0))?, take.seek(SeekFrom::Current(1)).is_err());
    println!("{:?}", take.read(&mut three)?);
    take.set_limit(2);
    println!("{:?}", take.fill_buf()?);
    println!("{:?}", take.get_ref().position());
    take.consume(9);
    println!("{:?} {:?}", take.limit(), take.into_inner().position());

    fs::write("a", vec![b'x'; 300_000])?;
    println!("{}", io::copy(&mut File::open("a")?, &mut File::create("b")?)?);
    println!("{}", fs::read("b")?.len());
    println!("{}", io::copy(&mut File::open("a")?.take(1000), &mut File::create("c")?)?);
    let mut reader = BufReader::new(File::open("a")?);
    reader.read_exact(&mut three)?;
    println!("{}", io::copy(&mut reader, &mut Vec::new())?);
    println!("{}", io::copy(&mut File::open("/proc/self/cmdline")?, &mut File::create("d")?)? > 0);
    fs::remove_file("d")?;
    let mut append = File::options().append(true).create(true).open("e")?;
    println!("{}", io::copy(&mut File::open("c")?, &mut append)?);
    println!("{}", io::copy(&mut File::open("c")?, &mut append)?);
    println!("{} {}", fs::metadata("c")?.len(), fs::metadata("e")?.len());
    let mut limited = File::open("a")?.take(10);
    io::copy(&mut limited, &mut io::sink())?;
    println!("{}", limited.limit());
    println!("{:?}", io::copy(&mut File::open("a")?, &mut File::open("b")?).is_err());

    let (mut r, mut w) = io::pipe()?;
    let writer = std::thread::spawn(move || {
        let mut clone = w.try_clone().unwrap();
        clone.write_all(b"through ").unwrap();
        w.write_all(b"the pipe").unwrap();
    });
    let mut text = String::new();
    println!("{:?} {text}", r.try_clone()?.read_to_string(&mut text)?);
    writer.join().unwrap();
    println!("{:?}", r.read(&mut three)?);
    let (r, mut w) = io::pipe()?;
    drop(r);
    println!("{:?}", w.write(b"x").map_err(|e| e.kind()));
    let (mut r, mut w) = io::pipe()?;
    let copier = std::thread::spawn(move || io::copy(&mut r, &mut File::create("f").unwrap()).unwrap());
    println!("{}", io::copy(&mut File::open("a")?, &mut w)?);
    drop(w);
    println!("{} {}", copier.join().unwrap(), fs::read("f")? == fs::read("a")?);
    Ok(())
}
