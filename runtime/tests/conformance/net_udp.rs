//! UDP over loopback: every method, every option.
use std::net::*;
use std::time::Duration;

fn main() {
    let a = UdpSocket::bind("127.0.0.1:0").unwrap();
    let b = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (at, bt) = (a.local_addr().unwrap(), b.local_addr().unwrap());
    println!("{:?}", a.send_to(b"to b", bt));
    let mut buf = [0; 10];
    let (n, from) = b.peek_from(&mut buf).unwrap();
    println!("{n} {}", from == at);
    let (n, from) = b.recv_from(&mut buf).unwrap();
    println!("{:?} {}", std::str::from_utf8(&buf[..n]), from == at);
    println!("{:?}", a.peer_addr().map_err(|e| e.kind()));
    println!("{:?}", a.send(b"x").map_err(|e| e.raw_os_error()));
    a.connect(bt).unwrap();
    b.connect(at).unwrap();
    println!("{}", a.peer_addr().unwrap() == bt);
    println!("{:?}", a.send(b"a longer datagram"));
    println!("{:?} {:?} {:?}", b.peek(&mut buf), b.recv(&mut buf), std::str::from_utf8(&buf));
    println!("{:?} {:?}", b.send(b""), a.recv(&mut buf));
    a.set_read_timeout(Some(Duration::from_millis(30))).unwrap();
    println!("{:?} {:?}", a.recv(&mut buf).map_err(|e| e.kind()), a.write_timeout());
    a.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
    println!("{:?}", a.write_timeout());
    a.set_nonblocking(true).unwrap();
    println!("{:?}", a.recv_from(&mut buf).unwrap_err());
    a.set_broadcast(true).unwrap();
    a.set_ttl(77).unwrap();
    a.set_multicast_loop_v4(false).unwrap();
    a.set_multicast_ttl_v4(5).unwrap();
    println!("{:?} {:?} {:?} {:?}", a.broadcast(), a.ttl(), a.multicast_loop_v4(), a.multicast_ttl_v4());
    println!("{:?} {:?}", b.broadcast(), b.multicast_loop_v4());
    println!("{:?}", a.join_multicast_v4(&Ipv4Addr::new(1, 2, 3, 4), &Ipv4Addr::UNSPECIFIED).map_err(|e| e.kind()));
    println!("{:?}", a.leave_multicast_v4(&Ipv4Addr::new(224, 1, 2, 3), &Ipv4Addr::LOCALHOST).map_err(|e| e.raw_os_error()));
    println!("{:?}", a.join_multicast_v4(&Ipv4Addr::new(224, 1, 2, 3), &Ipv4Addr::LOCALHOST).is_ok());
    if let Ok(six) = UdpSocket::bind("[::1]:0") {
        six.set_multicast_loop_v6(false).unwrap();
        println!("{:?} {:?}", six.multicast_loop_v6(), six.local_addr().unwrap().ip());
        println!("{:?}", six.leave_multicast_v6(&Ipv6Addr::LOCALHOST, 0).map_err(|e| e.kind()));
    }
    println!("{:?}", a.take_error().unwrap().is_none());
    let c = b.try_clone().unwrap();
    println!("{}", c.local_addr().unwrap() == bt);
    drop((a, b));
    println!("{:?}", c.send(b"nobody"));
    std::thread::sleep(Duration::from_millis(10));
    println!("{:?}", c.recv(&mut buf).unwrap_err().kind());
    println!("{:?}", UdpSocket::bind("127.0.0.1:0").unwrap().send_to(b"", &[][..]).unwrap_err());
    println!("{:?}", UdpSocket::bind(&[][..]).unwrap_err());
    println!("{}", format!("{c:?}").starts_with("UdpSocket { addr: 127.0.0.1:"));
}
