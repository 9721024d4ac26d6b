//! The test's client: threads that put requests and check every answer.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;

const THREADS: usize = 4;

/// Puts the requests and counts the right answers.
pub fn run(address: SocketAddr, requests: usize, keep_open: bool) -> io::Result<usize> {
    thread::scope(|scope| {
        let clients: Vec<_> = (0..THREADS)
            .map(|number| {
                let share = requests / THREADS + usize::from(number < requests % THREADS);
                scope.spawn(move || client(address, number, share, keep_open))
            })
            .collect();
        clients.into_iter().map(|client| client.join().expect("no client panics")).sum()
    })
}

fn client(address: SocketAddr, number: usize, requests: usize, keep_open: bool) -> io::Result<usize> {
    let mut right = 0;
    let mut connection: Option<BufReader<TcpStream>> = None;
    for request in 0..requests {
        let mut stream = match connection.take() {
            Some(stream) => stream,
            None => BufReader::new(TcpStream::connect(address)?),
        };
        let name = format!("{number}-{request}");
        let body = get(&mut stream, &format!("/hello/{name}"), keep_open)?;
        right += usize::from(body == format!("hello, {name}\n"));
        connection = keep_open.then_some(stream);
    }
    Ok(right)
}

/// What the server has counted, this request included.
pub fn count(address: SocketAddr) -> io::Result<usize> {
    let body = get(&mut BufReader::new(TcpStream::connect(address)?), "/count", false)?;
    body.trim().parse().map_err(|_| ErrorKind::InvalidData.into())
}

fn get(stream: &mut BufReader<TcpStream>, path: &str, keep_open: bool) -> io::Result<String> {
    let connection = if keep_open { "keep-alive" } else { "close" };
    let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: {connection}\r\n\r\n");
    stream.get_mut().write_all(request.as_bytes())?;
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().map_err(|_| ErrorKind::InvalidData)?;
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    String::from_utf8(body).map_err(|_| ErrorKind::InvalidData.into())
}
