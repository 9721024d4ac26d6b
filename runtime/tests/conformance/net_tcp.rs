//! TCP over loopback: every method, every option.
use std::io::{ErrorKind, IoSlice, IoSliceMut, Read, Write};
use std::net::*;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, IntoRawFd, OwnedFd};
use std::os::linux::net::TcpStreamExt;
use std::thread;
use std::time::{Duration, Instant};

fn hide(text: String) -> String {
    // Ports and descriptors differ from run to run.
    let mut out = String::new();
    let mut digits = false;
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !digits {
                out.push('N');
            }
            digits = true;
        } else {
            digits = false;
            out.push(c);
        }
    }
    out
}

fn echo(listener: &str) {
    let listener = TcpListener::bind(listener).unwrap();
    let address = listener.local_addr().unwrap();
    println!("{} {}", hide(format!("{listener:?}")), address.ip());
    let server = thread::spawn(move || {
        let (mut stream, peer) = listener.accept().unwrap();
        assert_eq!(stream.peer_addr().unwrap(), peer);
        let mut copy = stream.try_clone().unwrap();
        std::io::copy(&mut stream, &mut copy).unwrap()
    });
    let mut stream = TcpStream::connect(address).unwrap();
    println!("{}", hide(format!("{stream:?}")));
    assert_eq!(stream.peer_addr().unwrap(), address);
    stream.write_all(b"hello ").unwrap();
    println!("{:?}", stream.write_vectored(&[IoSlice::new(b"wor"), IoSlice::new(b"ld")]));
    let mut buf = [0; 6];
    println!("{:?} {:?}", stream.peek(&mut buf[..3]), std::str::from_utf8(&buf[..3]));
    stream.read_exact(&mut buf).unwrap();
    println!("{:?}", std::str::from_utf8(&buf));
    stream.shutdown(Shutdown::Write).unwrap();
    let (mut a, mut b) = ([0; 2], [0; 10]);
    thread::sleep(Duration::from_millis(20));
    println!("{:?}", stream.read_vectored(&mut [IoSliceMut::new(&mut a), IoSliceMut::new(&mut b)]));
    println!("{:?} {:?}", a, b);
    let mut rest = String::new();
    println!("{:?} {:?}", stream.read_to_string(&mut rest), stream.flush());
    println!("{}", server.join().unwrap());
}

fn main() {
    echo("127.0.0.1:0");
    echo("[::1]:0");

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(5)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_ttl(42).unwrap();
    stream.set_quickack(true).unwrap();
    listener.set_ttl(43).unwrap();
    println!("{:?} {:?} {:?} {:?}", stream.nodelay(), stream.ttl(), stream.quickack(), listener.ttl());
    println!("{:?} {:?}", stream.read_timeout(), stream.write_timeout());
    println!("{:?}", stream.set_read_timeout(Some(Duration::ZERO)).unwrap_err());
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    stream.set_write_timeout(Some(Duration::new(3, 1))).unwrap();
    println!("{:?} {:?}", stream.read_timeout().unwrap().map(|d| d.as_millis() >= 100), stream.write_timeout().unwrap());
    let start = Instant::now();
    println!("{:?} {}", stream.read(&mut [0]).map_err(|e| e.kind()), start.elapsed() >= Duration::from_millis(95));
    stream.set_read_timeout(None).unwrap();
    stream.set_nonblocking(true).unwrap();
    println!("{:?}", stream.read(&mut [0]).map_err(|e| e.kind()));
    listener.set_nonblocking(true).unwrap();
    println!("{:?}", listener.accept().map(|_| ()));
    println!("{:?}", listener.accept().map(|_| ()).map_err(|e| e.kind()));
    println!("{:?} {:?}", stream.take_error(), listener.take_error());

    let fd = stream.into_raw_fd();
    let stream = unsafe { TcpStream::from_raw_fd(fd) };
    println!("{} {}", stream.as_raw_fd() == fd, stream.as_fd().as_raw_fd() == fd);
    let flags = std::fs::read_to_string(format!("/proc/self/fdinfo/{fd}")).unwrap();
    let flags = flags.lines().find_map(|l| l.strip_prefix("flags:")).unwrap().trim().to_owned();
    println!("close-on-exec: {}", u32::from_str_radix(&flags, 8).unwrap() & 0o2000000 != 0);
    let owned = OwnedFd::from(stream);
    drop(TcpStream::from(owned));
    let refused = {
        let closed = TcpListener::bind("127.0.0.1:0").unwrap();
        closed.local_addr().unwrap()
    };
    println!("{:?}", TcpStream::connect(refused).unwrap_err());
    println!("{:?}", TcpStream::connect_timeout(&refused, Duration::from_secs(1)).unwrap_err().kind());
    println!("{:?}", TcpStream::connect_timeout(&refused, Duration::ZERO).unwrap_err());
    println!("{:?}", TcpListener::bind("8.8.8.8:0").unwrap_err());
    println!("{:?}", TcpListener::bind(address).unwrap_err());
    println!("{:?}", TcpStream::connect(&[refused, address][..]).is_ok());
    println!("{:?}", TcpStream::connect(&[][..]).unwrap_err());

    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(closed.local_addr().unwrap()).unwrap();
    drop(closed);
    thread::sleep(Duration::from_millis(20));
    let mut error = None;
    for _ in 0..10 {
        if let Err(e) = stream.write(&[0; 1000]) {
            error = Some(e.kind());
            break;
        }
    }
    println!("{}", matches!(error, Some(ErrorKind::BrokenPipe | ErrorKind::ConnectionReset)));

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let clients: Vec<_> = (0..50u8)
        .map(|n| thread::spawn(move || TcpStream::connect(address).unwrap().write_all(&[n]).unwrap()))
        .collect();
    let mut sum = 0u32;
    for stream in listener.incoming().take(50) {
        let mut byte = [0];
        stream.unwrap().read_exact(&mut byte).unwrap();
        sum += u32::from(byte[0]);
    }
    clients.into_iter().for_each(|c| c.join().unwrap());
    println!("{sum} {}", hide(format!("{:?}", listener.incoming())));

    for text in ["127.0.0.1:80", "[::1]:443", "no port", "host:", "host:x", "host:99999", "127.0.0.1", "nul\0:1"] {
        match text.to_socket_addrs() {
            Ok(found) => println!("{text:?} {:?}", found.collect::<Vec<_>>()),
            Err(error) => println!("{text:?} {error:?} {:?}", error.kind()),
        }
    }
    println!("{:?}", ("::1", 5).to_socket_addrs().unwrap().collect::<Vec<_>>());
    println!("{:?}", (String::from("1.2.3.4"), 5).to_socket_addrs().unwrap().as_slice());
    println!("{:?}", (IpAddr::from([1, 2, 3, 4]), 5).to_socket_addrs().unwrap().next());
    println!("{:?}", (Ipv6Addr::LOCALHOST, 5).to_socket_addrs().unwrap().next());
    println!("{:?}", String::from("localhost:80").to_socket_addrs().unwrap().any(|a| a == "127.0.0.1:80".parse().unwrap()));
    println!("{:?} {:?}", Shutdown::Both, Shutdown::Read == Shutdown::Write);
}
