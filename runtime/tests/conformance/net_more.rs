//! Sockets over loopback: options, timeouts, shutdown, peeking, names, errors.
use std::io::{self, BufRead, BufReader, ErrorKind, IoSlice, IoSliceMut, Read, Write};
use std::net::*;
use std::time::{Duration, Instant};

fn kind<T: std::fmt::Debug>(result: io::Result<T>) -> Result<T, (ErrorKind, Option<i32>, String)> {
    result.map_err(|error| (error.kind(), error.raw_os_error(), error.to_string()))
}

fn pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    Ok((client, listener.accept()?.0))
}

pub fn listener() -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    println!("{} {} {:?}", address.ip(), address.port() > 1023, listener.ttl());
    println!("{:?} {:?}", kind(TcpListener::bind(address).map(|_| ())), listener.take_error());
    println!("{:?} {:?}", listener.set_ttl(77), listener.ttl());
    println!("{:?} {:?}", kind(listener.set_ttl(0)), kind(listener.set_ttl(256)));
    println!("{:?} {:?}", listener.set_nonblocking(true), kind(listener.accept().map(|_| ())));
    println!("{:?}", listener.incoming().next().map(|r| kind(r.map(|_| ()))));
    let clone = listener.try_clone()?;
    drop(listener);
    println!("{:?} {:?}", clone.local_addr()? == address, clone.set_nonblocking(false));
    let client = std::thread::spawn(move || TcpStream::connect(address));
    let (stream, from) = clone.accept()?;
    println!("{:?} {:?}", from.ip(), stream.peer_addr()? == client.join().unwrap()?.local_addr()?);
    println!("{}", format!("{clone:?}").starts_with("TcpListener { addr: 127.0.0.1:"));
    println!("{}", format!("{stream:?}").starts_with("TcpStream { addr: 127.0.0.1:"));
    println!("{:?}", kind(TcpListener::bind("192.0.2.1:0").map(|_| ())));
    println!("{:?}", kind(TcpListener::bind(&[][..] as &[SocketAddr]).map(|_| ())));
    println!("{:?}", TcpListener::bind("[::1]:0").and_then(|l| l.local_addr()).map(|a| a.ip()));
    Ok(())
}

pub fn stream_options() -> io::Result<()> {
    let (a, b) = pair()?;
    println!("{:?} {:?} {:?}", a.nodelay(), a.set_nodelay(true), a.nodelay());
    println!("{:?} {:?} {:?}", a.ttl(), a.set_ttl(5), a.ttl());
    println!("{:?} {:?}", a.read_timeout(), a.write_timeout());
    for span in [Duration::from_millis(1500), Duration::new(3, 1), Duration::from_micros(1), Duration::from_nanos(1)] {
        println!("{:?} {:?}", a.set_read_timeout(Some(span)), a.read_timeout());
        println!("{:?} {:?}", a.set_write_timeout(Some(span)), a.write_timeout());
    }
    println!(
        "{:?} {:?}",
        kind(a.set_read_timeout(Some(Duration::ZERO))),
        kind(a.set_write_timeout(Some(Duration::ZERO)))
    );
    println!(
        "{:?} {:?}",
        a.set_read_timeout(Some(Duration::MAX)),
        a.read_timeout().map(|t| t > Some(Duration::from_secs(1 << 20)))
    );
    println!("{:?} {:?}", a.set_read_timeout(None), a.read_timeout());
    println!("{:?} {:?}", a.take_error(), b.take_error());
    println!("{:?} {:?}", a.peer_addr()? == b.local_addr()?, a.local_addr()? == b.peer_addr()?);
    println!("{:?} {:?}", kind(a.set_ttl(0)), kind(a.set_ttl(300)));
    use std::os::linux::net::TcpStreamExt;
    println!("{:?} {:?} {:?}", a.quickack().is_ok(), a.set_quickack(false), a.quickack());
    Ok(())
}

pub fn timeouts() -> io::Result<()> {
    let (mut a, _b) = pair()?;
    a.set_read_timeout(Some(Duration::from_millis(30)))?;
    let start = Instant::now();
    println!("{:?} {}", kind(a.read(&mut [0; 4])), start.elapsed() >= Duration::from_millis(25));
    println!("{:?} {:?}", kind(a.peek(&mut [0; 4])), kind(a.read_exact(&mut [0; 4])));
    a.set_write_timeout(Some(Duration::from_millis(30)))?;
    let wrote = (0..).find_map(|_| a.write(&[0; 1 << 16]).err());
    println!("{:?}", wrote.map(|e| e.kind()));
    let udp = UdpSocket::bind("127.0.0.1:0")?;
    udp.set_read_timeout(Some(Duration::from_millis(20)))?;
    println!("{:?} {:?}", kind(udp.recv_from(&mut [0; 4])), kind(udp.recv(&mut [0; 4])));
    Ok(())
}

pub fn nonblocking() -> io::Result<()> {
    let (mut a, mut b) = pair()?;
    println!("{:?} {:?}", a.set_nonblocking(true), kind(a.read(&mut [0; 4])));
    println!("{:?}", kind(a.peek(&mut [0; 4])));
    b.write_all(b"data")?;
    std::thread::sleep(Duration::from_millis(20));
    let mut buffer = [0; 8];
    println!("{:?} {buffer:?}", a.read(&mut buffer));
    let full = (0..).find_map(|_| a.write(&[0; 1 << 16]).err());
    println!("{:?}", full.map(|e| e.kind()));
    println!("{:?}", a.set_nonblocking(false));
    Ok(())
}

pub fn shutdown() -> io::Result<()> {
    let (mut a, mut b) = pair()?;
    a.write_all(b"last words")?;
    println!("{:?} {:?}", a.shutdown(Shutdown::Write), kind(a.write(b"x")));
    println!("{:?}", io::read_to_string(&mut b));
    b.write_all(b"answer")?;
    let mut buffer = [0; 6];
    println!("{:?} {buffer:?}", a.read_exact(&mut buffer));
    println!("{:?} {:?}", b.shutdown(Shutdown::Read), b.read(&mut [0; 4]));
    println!("{:?} {:?}", b.shutdown(Shutdown::Both), a.read(&mut [0; 4]));
    drop(b);
    println!("{:?} {:?}", kind(a.shutdown(Shutdown::Both)).is_ok(), Shutdown::Both);
    let lone = UdpSocket::bind("127.0.0.1:0")?;
    println!("{:?}", kind(lone.send(b"x")));
    Ok(())
}

pub fn closed_by_the_peer() -> io::Result<()> {
    let (mut a, b) = pair()?;
    drop(b);
    println!("{:?}", a.read(&mut [0; 4]));
    let error = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(2));
        a.write(b"x").err()
    });
    println!("{:?}", error.map(|e| e.kind()));
    let (a, mut b) = pair()?;
    b.write_all(b"unread")?;
    std::thread::sleep(Duration::from_millis(10));
    drop(a);
    std::thread::sleep(Duration::from_millis(10));
    println!("{:?}", kind(b.read(&mut [0; 4])));
    Ok(())
}

pub fn connecting() -> io::Result<()> {
    let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    println!("{:?}", kind(TcpStream::connect(free).map(|_| ())));
    println!("{:?}", kind(TcpStream::connect_timeout(&free, Duration::from_secs(1)).map(|_| ())));
    println!("{:?}", kind(TcpStream::connect_timeout(&free, Duration::ZERO).map(|_| ())));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
    let (mut other, _) = listener.accept()?;
    println!("{:?}", stream.write_all(b"hello"));
    let mut buffer = [0; 5];
    println!("{:?} {buffer:?}", other.read_exact(&mut buffer));
    println!("{:?}", TcpStream::connect(&[free, address][..]).is_ok());
    println!("{:?}", kind(TcpStream::connect(&[][..] as &[SocketAddr]).map(|_| ())));
    println!("{:?}", kind(TcpStream::connect("127.0.0.1").map(|_| ())));
    println!("{:?}", kind(TcpStream::connect("127.0.0.1:99999").map(|_| ())));
    println!("{:?}", kind(TcpStream::connect(":80").map(|_| ())).is_err());
    println!("{:?}", kind(TcpStream::connect("255.255.255.255:1").map(|_| ())));
    println!("{:?}", kind(TcpStream::connect("127.0.0.1:0").map(|_| ())));
    Ok(())
}

pub fn vectored_and_buffered() -> io::Result<()> {
    let (mut a, b) = pair()?;
    println!("{:?}", a.write_vectored(&[IoSlice::new(b"one "), IoSlice::new(b""), IoSlice::new(b"two\n")]));
    let (mut x, mut y) = ([0; 3], [0; 2]);
    println!("{:?} {x:?} {y:?}", (&b).read_vectored(&mut [IoSliceMut::new(&mut x), IoSliceMut::new(&mut y)]));
    let mut reader = BufReader::new(b.try_clone()?);
    let mut line = String::new();
    println!("{:?} {line:?}", reader.read_line(&mut line));
    println!("{:?}", a.flush());
    let mut peeked = [0; 4];
    a.write_all(b"peek")?;
    println!("{:?} {:?}", b.peek(&mut peeked), peeked);
    println!("{:?} {peeked:?}", (&b).read(&mut peeked));
    io::copy(&mut &b"copied"[..], &mut a)?;
    drop(a);
    println!("{:?}", io::read_to_string(reader));
    Ok(())
}

pub fn udp() -> io::Result<()> {
    let (a, b) = (UdpSocket::bind("127.0.0.1:0")?, UdpSocket::bind("127.0.0.1:0")?);
    println!("{:?} {:?}", a.send_to(b"datagram", b.local_addr()?), kind(a.peer_addr()));
    let mut buffer = [0; 4];
    println!("{:?} {buffer:?}", b.peek_from(&mut buffer).map(|(n, from)| (n, from.ip())));
    println!("{:?} {buffer:?}", b.recv_from(&mut buffer).map(|(n, from)| (n, from.ip())));
    println!("{:?} {:?}", a.connect(b.local_addr()?), a.peer_addr()? == b.local_addr()?);
    println!("{:?} {:?}", a.send(b"connected"), a.send(b""));
    let mut buffer = [0; 16];
    println!("{:?} {:?} {:?}", b.peek(&mut buffer), b.recv(&mut buffer), b.recv(&mut buffer));
    println!("{:?} {:?} {:?}", a.broadcast(), a.set_broadcast(true), a.broadcast());
    println!("{:?} {:?} {:?}", a.ttl(), a.set_ttl(9), a.ttl());
    println!("{:?} {:?} {:?}", a.multicast_loop_v4(), a.set_multicast_loop_v4(false), a.multicast_loop_v4());
    println!("{:?} {:?} {:?}", a.multicast_ttl_v4(), a.set_multicast_ttl_v4(7), a.multicast_ttl_v4());
    println!("{:?}", kind(a.multicast_loop_v6()));
    println!("{:?}", kind(a.join_multicast_v4(&Ipv4Addr::new(127, 0, 0, 1), &Ipv4Addr::UNSPECIFIED)));
    println!("{:?}", kind(a.leave_multicast_v4(&Ipv4Addr::new(224, 0, 0, 5), &Ipv4Addr::LOCALHOST)));
    println!("{:?}", kind(a.join_multicast_v4(&Ipv4Addr::new(224, 0, 0, 5), &Ipv4Addr::LOCALHOST)));
    println!("{:?}", kind(a.leave_multicast_v4(&Ipv4Addr::new(224, 0, 0, 5), &Ipv4Addr::LOCALHOST)));
    println!("{:?} {:?}", a.set_nonblocking(true), kind(a.recv(&mut buffer)));
    println!("{:?} {:?}", a.take_error(), kind(b.send_to(b"x", &[][..] as &[SocketAddr])));
    println!("{:?}", kind(b.send_to(&[0; 70_000], a.local_addr()?)));
    println!("{}", format!("{a:?}").starts_with("UdpSocket { addr: 127.0.0.1:"));
    println!("{:?} {:?}", a.try_clone()?.local_addr()? == a.local_addr()?, a.read_timeout());
    println!(
        "{:?} {:?}",
        kind(b.send_to(b"x", "[::1]:9")),
        kind(UdpSocket::bind("none.invalid:0").map(|_| ())).is_err()
    );
    Ok(())
}

pub fn udp_refused() -> io::Result<()> {
    let gone = UdpSocket::bind("127.0.0.1:0")?.local_addr()?;
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    socket.connect(gone)?;
    println!("{:?}", socket.send(b"x"));
    std::thread::sleep(Duration::from_millis(10));
    println!("{:?}", kind(socket.recv(&mut [0; 4])));
    println!("{:?}", socket.take_error());
    Ok(())
}

pub fn version_six() -> io::Result<()> {
    let Ok(listener) = TcpListener::bind("[::1]:0") else { return Ok(println!("no IPv6")) };
    let address = listener.local_addr()?;
    let client = TcpStream::connect(address)?;
    println!("{:?} {:?}", client.peer_addr()?.ip(), listener.accept()?.1.is_ipv6());
    let udp = UdpSocket::bind("[::1]:0")?;
    println!("{:?} {:?} {:?}", udp.multicast_loop_v6(), udp.set_multicast_loop_v6(false), udp.multicast_loop_v6());
    println!("{:?}", kind(udp.join_multicast_v6(&"ff01::5".parse().unwrap(), 1)));
    println!("{:?}", kind(udp.leave_multicast_v6(&"ff01::5".parse().unwrap(), 1)));
    println!("{:?}", kind(udp.join_multicast_v6(&Ipv6Addr::LOCALHOST, 0)));
    println!("{:?}", udp.send_to(b"six", udp.local_addr()?));
    println!("{:?}", udp.recv_from(&mut [0; 8]).map(|(n, from)| (n, from.ip())));
    Ok(())
}

pub fn names() {
    let show = |text: &str| match text.to_socket_addrs() {
        Ok(found) => println!("{text:?} {:?}", found.collect::<Vec<_>>()),
        Err(error) => println!("{text:?} {:?} {error}", error.kind()),
    };
    for text in
        ["1.2.3.4:5", "[::1]:6", "[fe80::1%2]:7", "", "nocolon", "1.2.3.4:x", "1.2.3.4:65536", "1.2.3.4:-1", "a b:1"]
    {
        show(text);
    }
    for host in [
        "1.2.3",
        "127.1",
        "0x7f.1",
        "010.1",
        "2130706433",
        "1.2.3.400",
        "1.2.70000",
        "1.256.1",
        "0x",
        "08.1",
        "4294967296",
        "+1.1",
        "1..2",
        "0x+1.1",
        "0X7F000001",
        "1.2.3.4.5",
        "00.1",
    ] {
        println!("{host} {:?}", (host, 1).to_socket_addrs().map(|a| a.collect::<Vec<_>>()).map_err(|e| e.to_string()));
    }
    println!("{:?}", ("127.0.0.1", 80).to_socket_addrs().unwrap().collect::<Vec<_>>());
    println!("{:?}", ("::1", 80).to_socket_addrs().unwrap().collect::<Vec<_>>());
    println!("{:?}", (String::from("1.1.1.1"), 80).to_socket_addrs().unwrap().collect::<Vec<_>>());
    println!("{:?}", String::from("1.1.1.1:53").to_socket_addrs().unwrap().len());
    println!("{:?}", (Ipv4Addr::LOCALHOST, 1).to_socket_addrs().unwrap().next());
    println!("{:?}", (IpAddr::from([1, 2, 3, 4]), 1).to_socket_addrs().unwrap().next());
    println!("{:?}", (Ipv6Addr::LOCALHOST, 1).to_socket_addrs().unwrap().next());
    println!("{:?}", SocketAddr::from(([1, 2, 3, 4], 5)).to_socket_addrs().unwrap().size_hint());
    let both = ["1.1.1.1:1".parse().unwrap(), "2.2.2.2:2".parse().unwrap()];
    println!("{:?}", (&both[..]).to_socket_addrs().unwrap().collect::<Vec<SocketAddr>>());
    println!("{:?}", (&&&both[0]).to_socket_addrs().unwrap().next());
    let found: Vec<_> = "localhost:80".to_socket_addrs().unwrap().filter(|a| a.is_ipv4()).collect();
    println!("{:?}", found.first());
}

pub fn scopes() {
    let of_links = ["fe80::1", "ff01::1", "ff02::1", "ff12::1"];
    for address in of_links.into_iter().chain(["::1", "fec0::1", "ff05::1", "2001:db8::1"]) {
        for scope in ["lo", "1", "01", "0", "4294967295", "4294967296", "+1", " 1", "", "none", "1%2", "lo/"] {
            let host = format!("{address}%{scope}");
            println!("{host} {:?}", (&*host, 80).to_socket_addrs().map(Vec::from_iter).ok());
        }
    }
}

// run: put() { printf '%s\n' "$@" >>hosts; }
// run: put '10.0.0.1 a1' 'fd00::9 a1' '10.0.0.1 a2' 'fe80::9 a2' '10.0.0.1 a3' '2002:1::1 a3'
// run: put '10.0.0.1 a4' '2001:0:1::1 a4' '169.254.1.1 a5' '10.0.0.1 a5' '8.8.8.8 a5' '127.0.0.1 a6'
// run: put '10.0.0.1 a6' '::1 a6' '2600:1::1 a7' '2a00:1::1 a7' 'fd00::5 a7' 'fd00:0:0:1::5 a7'
// run: put 'ff02::1 a8' '2a00::1 a8' '8.8.8.8 a8' '::ffff:8.8.4.4 a9' '8.8.8.8 a9' '2a00::1 a9'
// run: put 'fec0::1 a10' '8.8.8.8 a10' 'fd00::4 a10' '10.0.0.1 a11' '8.8.8.8 a11' '10.0.0.1 a11'
// run: unshare -rm sh -c "mount --bind hosts /etc/hosts; $P"; unshare -rmn sh -c "mount --bind hosts /etc/hosts; ip link set lo up; $P"; rm hosts
pub fn order_of_addresses() {
    for number in 1..=11 {
        let host = format!("a{number}");
        println!(
            "{host} {:?}",
            (&*host, 80).to_socket_addrs().map(|found| found.map(|a| a.ip()).collect::<Vec<_>>()).ok()
        );
    }
}

pub fn names_that_do_not_exist() {
    for text in [
        "no-such-host.invalid:80",
        "..:80",
        "-:1",
        &format!("{}.invalid:1", "x".repeat(70)),
        &format!("{}:1", "y.".repeat(200)),
    ] {
        println!("{:?}", text.to_socket_addrs().map(|_| ()).is_err());
    }
    println!("{:?}", ("a\0b", 80).to_socket_addrs().map(|_| ()).map_err(|e| (e.kind(), e.to_string())));
}

pub fn many_connections() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let server = std::thread::spawn(move || {
        for stream in listener.incoming().take(200) {
            let mut stream = stream.unwrap();
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line).unwrap();
            stream.write_all(line.to_uppercase().as_bytes()).unwrap();
        }
    });
    let mut all = 0;
    for i in 0..200 {
        let mut stream = TcpStream::connect(address)?;
        writeln!(stream, "line {i}")?;
        all += io::read_to_string(stream)?.len();
    }
    server.join().unwrap();
    println!("{all}");
    Ok(())
}

pub fn by_descriptor() -> io::Result<()> {
    use std::os::fd::*;
    let (a, b) = pair()?;
    let raw = a.as_raw_fd();
    let owned: OwnedFd = a.into();
    println!("{}", owned.as_raw_fd() == raw);
    let mut a = TcpStream::from(owned);
    a.write_all(b"x")?;
    let mut file = std::fs::File::from(OwnedFd::from(b));
    println!("{:?}", file.read(&mut [0; 4]));
    let udp = unsafe { UdpSocket::from_raw_fd(UdpSocket::bind("127.0.0.1:0")?.into_raw_fd()) };
    println!("{:?}", udp.local_addr()?.ip());
    println!("{:?}", kind(TcpListener::from(OwnedFd::from(udp)).accept().map(|_| ())));
    println!("{:?}", kind(TcpStream::from(OwnedFd::from(std::fs::File::open("/dev/null")?)).peer_addr()));
    Ok(())
}
