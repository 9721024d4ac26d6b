//! Accepting connections, handing them to threads, answering.

use std::fs;
use std::io::{self, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::request::{self, Request};

/// A connection that says nothing for so long is closed.
const PATIENCE: Duration = Duration::from_secs(30);

static SERVED: AtomicUsize = AtomicUsize::new(0);

/// Serves for ever.
pub fn serve(listener: &TcpListener, workers: usize) -> io::Result<()> {
    let (sender, receiver) = mpsc::sync_channel::<TcpStream>(128);
    let receiver = Mutex::new(receiver);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = receiver.lock().expect("no worker panics").recv();
                    match next {
                        // A connection that breaks is the client's affair.
                        Ok(stream) => drop(converse(&stream)),
                        Err(_) => break,
                    }
                }
            });
        }
        for stream in listener.incoming() {
            match stream {
                Ok(stream) => {
                    if sender.send(stream).is_err() {
                        break;
                    }
                }
                Err(error) => eprintln!("accepting: {error}"),
            }
        }
        drop(sender);
    });
    Ok(())
}

/// Answers requests until the client has enough.
fn converse(stream: &TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut input = BufReader::new(stream);
    while let Some(request) = request::read(&mut input)? {
        let (status, body) = answer(&request);
        let connection = if request.keep_open { "keep-alive" } else { "close" };
        let mut response =
            format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: {connection}\r\n\r\n", body.len())
                .into_bytes();
        if request.method != "HEAD" {
            response.extend(body);
        }
        let mut output = stream;
        output.write_all(&response)?;
        if !request.keep_open {
            break;
        }
    }
    Ok(())
}

fn answer(request: &Request) -> (&'static str, Vec<u8>) {
    let served = SERVED.fetch_add(1, Ordering::Relaxed) + 1;
    if request.method != "GET" && request.method != "HEAD" {
        return ("405 Method Not Allowed", b"only GET and HEAD\n".into());
    }
    match request.path.as_str() {
        "/" => ("200 OK", b"an HTTP server without libc\n".into()),
        "/count" => ("200 OK", format!("{served}\n").into()),
        "/time" => {
            let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |span| span.as_secs());
            ("200 OK", format!("{seconds} seconds since 1970\n").into())
        }
        path => match (path.strip_prefix("/hello/"), path.strip_prefix("/file/")) {
            (Some(name), _) => ("200 OK", format!("hello, {name}\n").into()),
            (_, Some(file)) => below_here(file),
            _ => ("404 Not Found", b"no such page\n".into()),
        },
    }
}

/// A file below the current folder; never one that is reached by `..` or from the root.
fn below_here(path: &str) -> (&'static str, Vec<u8>) {
    let path = Path::new(path);
    if path.components().any(|component| !matches!(component, Component::Normal(_))) {
        return ("403 Forbidden", b"not below here\n".into());
    }
    match fs::read(path) {
        Ok(bytes) => ("200 OK", bytes),
        Err(error) => ("404 Not Found", format!("{error}\n").into()),
    }
}
