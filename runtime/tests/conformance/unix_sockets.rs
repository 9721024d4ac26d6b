//! Unix sockets: by path, abstract, unnamed; streams and datagrams.
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::*;
use std::time::Duration;

fn kind<T: std::fmt::Debug>(result: io::Result<T>) -> Result<T, (ErrorKind, Option<i32>, String)> {
    result.map_err(|error| (error.kind(), error.raw_os_error(), error.to_string()))
}

pub fn streams_by_path() -> io::Result<()> {
    let listener = UnixListener::bind("socket")?;
    println!("{:?} {:?}", listener.local_addr()?, kind(UnixListener::bind("socket").map(|_| ())));
    let client = UnixStream::connect("socket")?;
    let (mut server, from) = listener.accept()?;
    println!("{from:?} {:?} {:?}", client.peer_addr()?, client.local_addr()?);
    println!("{:?} {:?}", server.peer_addr()?.is_unnamed(), server.local_addr()?.as_pathname());
    server.write_all(b"hello")?;
    server.shutdown(Shutdown::Write)?;
    println!("{:?}", io::read_to_string(&client));
    println!("{:?}", kind(server.write(b"x")));
    drop(client);
    println!("{:?}", kind(server.read(&mut [0; 4])));
    println!(
        "{} {}",
        format!("{listener:?}").starts_with("UnixListener { fd: "),
        format!("{server:?}").contains("(pathname)")
    );
    println!("{:?}", listener.take_error());
    println!("{:?} {:?}", listener.set_nonblocking(true), kind(listener.accept().map(|_| ())));
    drop(listener);
    println!(
        "{:?} {:?}",
        kind(UnixStream::connect("socket").map(|_| ())),
        kind(UnixStream::connect("none").map(|_| ()))
    );
    fs::write("file", "")?;
    println!("{:?}", kind(UnixStream::connect("file").map(|_| ())));
    println!("{:?}", kind(UnixListener::bind("a\0b").map(|_| ())));
    println!("{:?}", kind(UnixListener::bind("x".repeat(200)).map(|_| ())));
    println!("{:?}", kind(UnixListener::bind("none/x").map(|_| ())));
    println!("{:?}", kind(UnixListener::bind("").map(|l| l.local_addr())).is_ok());
    Ok(())
}

pub fn pairs() -> io::Result<()> {
    let (mut a, mut b) = UnixStream::pair()?;
    println!("{:?} {:?}", a.local_addr()?, a.peer_addr()?);
    a.write_all(b"over")?;
    let mut buffer = [0; 4];
    println!("{:?} {buffer:?}", b.read_exact(&mut buffer));
    println!("{:?} {:?} {:?}", a.read_timeout(), a.set_read_timeout(Some(Duration::from_millis(20))), a.read_timeout());
    println!("{:?} {:?}", kind(a.read(&mut buffer)), kind(a.set_write_timeout(Some(Duration::ZERO))));
    println!("{:?} {:?}", a.set_nonblocking(true), kind(a.read(&mut buffer)));
    println!("{:?} {:?}", a.try_clone()?.write(b"clone"), b.read(&mut buffer));
    println!("{:?} {:?}", b.take_error(), a.write_timeout());
    drop(a);
    println!("{:?} {:?}", b.read(&mut buffer), b.read(&mut buffer));
    println!("{:?}", kind(b.write(b"x")));
    Ok(())
}

pub fn datagrams() -> io::Result<()> {
    let (a, b) = (UnixDatagram::bind("a")?, UnixDatagram::bind("b")?);
    println!("{:?} {:?}", a.send_to(b"to b", "b"), kind(a.send(b"x")));
    let mut buffer = [0; 8];
    let (n, from) = b.recv_from(&mut buffer)?;
    println!("{n} {from:?} {:?} {:?}", from.as_pathname(), from.is_unnamed());
    println!("{:?} {:?}", b.connect("a"), b.peer_addr());
    println!("{:?} {:?}", b.send(b"to a, cut"), a.recv(&mut buffer));
    println!("{buffer:?}");
    println!("{:?} {:?}", kind(a.send_to(b"x", "none")), kind(a.connect("none")));
    let unbound = UnixDatagram::unbound()?;
    println!("{:?} {:?}", unbound.local_addr(), unbound.send_to(b"from nobody", "a"));
    println!("{:?}", a.recv_from(&mut buffer).map(|(n, from)| (n, from.is_unnamed())));
    let (c, d) = UnixDatagram::pair()?;
    println!("{:?} {:?} {:?}", c.send(b"1"), c.send(b""), c.send(b"22"));
    println!("{:?} {:?} {:?}", d.recv(&mut buffer), d.recv(&mut buffer), d.recv(&mut buffer));
    println!("{:?} {:?}", d.set_nonblocking(true), kind(d.recv(&mut buffer)));
    println!("{:?} {:?}", d.set_read_timeout(Some(Duration::from_millis(5))), d.read_timeout());
    println!("{:?} {:?}", c.shutdown(Shutdown::Both), kind(d.send(b"x")));
    println!("{:?} {:?}", a.try_clone()?.local_addr()?.as_pathname(), a.take_error());
    println!("{}", format!("{a:?}").starts_with("UnixDatagram { fd: "));
    Ok(())
}

pub fn abstract_names() -> io::Result<()> {
    let name = format!("conformance-abstract-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name)?;
    println!(
        "{:?} {:?} {}",
        address.as_pathname(),
        address.is_unnamed(),
        address.as_abstract_name() == Some(name.as_bytes())
    );
    let listener = UnixListener::bind_addr(&address)?;
    println!("{}", listener.local_addr()?.as_abstract_name() == Some(name.as_bytes()));
    let mut client = UnixStream::connect_addr(&address)?;
    client.write_all(b"x")?;
    drop(client);
    println!("{:?}", io::read_to_string(listener.accept()?.0));
    println!("{:?}", kind(UnixListener::bind_addr(&address).map(|_| ())));
    println!("{:?}", SocketAddr::from_abstract_name(b"with\0nul \xff")?);
    println!("{:?}", kind(SocketAddr::from_abstract_name("x".repeat(108))));
    println!("{:?}", kind(SocketAddr::from_abstract_name("")));
    let address = SocketAddr::from_pathname("by/path")?;
    println!("{address:?} {:?} {:?}", address.as_pathname(), address.as_abstract_name());
    println!("{:?} {:?}", kind(SocketAddr::from_pathname("y".repeat(108))), kind(SocketAddr::from_pathname("a\0b")));
    println!("{:?}", kind(SocketAddr::from_pathname("z".repeat(107))).is_ok());
    let datagram = UnixDatagram::bind_addr(&SocketAddr::from_pathname("d")?)?;
    let other = UnixDatagram::unbound()?;
    println!("{:?} {:?}", other.connect_addr(&datagram.local_addr()?), other.send(b"y"));
    println!("{:?}", UnixDatagram::unbound()?.send_to_addr(b"zz", &datagram.local_addr()?));
    println!("{:?} {:?}", datagram.recv(&mut [0; 4]), datagram.recv(&mut [0; 4]));
    Ok(())
}

pub fn incoming() -> io::Result<()> {
    let listener = UnixListener::bind("s")?;
    let clients: Vec<_> =
        (0..3).map(|i| std::thread::spawn(move || UnixStream::connect("s").unwrap().write_all(&[i]))).collect();
    let mut seen: Vec<u8> = listener.incoming().take(3).map(|s| s.unwrap().bytes().next().unwrap().unwrap()).collect();
    seen.sort();
    println!("{seen:?}");
    clients.into_iter().for_each(|c| c.join().unwrap().unwrap());
    for stream in (&listener).into_iter().take(0) {
        println!("{stream:?}");
    }
    println!("{:?}", listener.try_clone()?.local_addr()?.as_pathname());
    Ok(())
}
