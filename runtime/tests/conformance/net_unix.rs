//! Unix sockets: streams, listeners, datagrams; paths, abstract names, no names.
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::*;
use std::time::Duration;
use std::{fs, thread};

fn main() {
    let listener = UnixListener::bind("socket").unwrap();
    println!("{:?} {:?}", listener.local_addr().unwrap(), fs::metadata("socket").unwrap().is_file());
    println!("{:?}", UnixListener::bind("socket").unwrap_err());
    let server = thread::spawn(move || {
        let (mut stream, peer) = listener.accept().unwrap();
        let peer = format!("{peer:?} {} {:?}", peer.is_unnamed(), peer.as_pathname());
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        stream.write_all(text.to_uppercase().as_bytes()).unwrap();
        (listener, peer)
    });
    let mut stream = UnixStream::connect("socket").unwrap();
    println!("{:?} {:?}", stream.local_addr().unwrap(), stream.peer_addr().unwrap().as_pathname());
    stream.write_all(b"by path").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    println!("{text}");
    let (listener, peer) = server.join().unwrap();
    println!("{peer}");
    let client = thread::spawn(|| UnixStream::connect("socket").map(drop).unwrap());
    println!("{}", (&listener).into_iter().next().unwrap().is_ok());
    client.join().unwrap();
    listener.set_nonblocking(true).unwrap();
    println!("{:?}", listener.incoming().next().unwrap().unwrap_err().kind());

    let (mut a, mut b) = UnixStream::pair().unwrap();
    a.write_all(b"pair").unwrap();
    let mut buf = [0; 4];
    b.read_exact(&mut buf).unwrap();
    println!("{:?} {:?}", std::str::from_utf8(&buf), a.peer_addr().unwrap());
    println!("{}", format!("{a:?}").ends_with("local: (unnamed), peer: (unnamed) }"));
    b.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    println!("{:?} {:?}", b.read(&mut buf).map_err(|e| e.kind()), b.read_timeout().unwrap().is_some());
    println!("{:?}", b.set_write_timeout(Some(Duration::ZERO)).unwrap_err());
    let mut c = a.try_clone().unwrap();
    drop(a);
    c.write_all(b"more").unwrap();
    drop(c);
    println!("{:?} {:?}", b.read(&mut buf), b.read(&mut buf));
    println!("{:?} {:?}", b.write(b"gone").map_err(|e| e.kind()), b.take_error());

    let name = SocketAddr::from_abstract_name(format!("conformance-{}", std::process::id())).unwrap();
    println!("{} {:?}", name.as_abstract_name().unwrap().starts_with(b"conformance-"), name.as_pathname());
    let listener = UnixListener::bind_addr(&name).unwrap();
    println!("{}", listener.local_addr().unwrap().as_abstract_name() == name.as_abstract_name());
    println!("{:?}", UnixStream::connect_addr(&name).is_ok());
    println!("{:?}", SocketAddr::from_abstract_name(b"a\0\xff").unwrap());
    println!("{:?}", SocketAddr::from_abstract_name([b'x'; 108]).unwrap_err());

    let one = UnixDatagram::bind("one").unwrap();
    let two = UnixDatagram::unbound().unwrap();
    println!("{:?}", two.send_to(b"unnamed", "one"));
    let mut buf = [0; 20];
    let (n, from) = one.recv_from(&mut buf).unwrap();
    println!("{:?} {:?}", std::str::from_utf8(&buf[..n]), from);
    let named = UnixDatagram::bind("two").unwrap();
    named.connect("one").unwrap();
    println!("{:?} {:?}", named.send(b"named"), named.peer_addr().unwrap());
    let (n, from) = one.recv_from(&mut buf).unwrap();
    println!("{n} {from:?}");
    println!("{:?}", one.send_to_addr(b"back", &from));
    println!("{:?} {:?}", named.recv(&mut buf), one.local_addr().unwrap());
    let (x, y) = UnixDatagram::pair().unwrap();
    println!("{:?} {:?}", x.send(b"12345"), y.recv(&mut buf[..3]));
    y.shutdown(Shutdown::Both).unwrap();
    println!("{:?}", x.send(b"x").map_err(|e| e.kind()));

    println!("{:?}", SocketAddr::from_pathname("some/path").unwrap());
    println!("{:?} {:?}", SocketAddr::from_pathname("").unwrap(), SocketAddr::from_pathname("a\0b").unwrap_err());
    println!("{:?}", SocketAddr::from_pathname("x".repeat(200)).unwrap_err());
    println!("{:?}", UnixStream::connect("absent").unwrap_err());
    println!("{:?}", UnixDatagram::bind("no/such/folder").unwrap_err().kind());
    for file in ["socket", "one", "two"] {
        fs::remove_file(file).unwrap();
    }
}
