//! Clocks, threads, thread-locals, channels, sockets, names: a little of everything that needs the kernel.
//!
//!     std-smoke --offline          what works on a machine alone: the server is a thread of this program
//!     std-smoke [HOST]             that, and HTTP with a host of the network (example.com)

use std::cell::Cell;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, thread};

type Outcome = Result<(), Box<dyn Error>>;

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
}

fn main() -> Outcome {
    let argument = env::args().nth(1);
    clocks()?;
    threads()?;
    channels()?;
    local_http()?;
    match argument.as_deref() {
        Some("--offline") => println!("offline part done"),
        host => remote_http(host.unwrap_or("example.com"))?,
    }
    Ok(())
}

fn clocks() -> Outcome {
    let start = Instant::now();
    thread::sleep(Duration::from_millis(20));
    let slept = start.elapsed();
    assert!(slept >= Duration::from_millis(20), "slept {slept:?} only");
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH)?;
    assert!(since_epoch > Duration::from_secs(1_600_000_000), "the clock says {since_epoch:?} since 1970");
    println!("clocks ok");
    Ok(())
}

fn threads() -> Outcome {
    let total = Arc::new(Mutex::new(0u64));
    let barrier = Arc::new(Barrier::new(8));
    let workers: Vec<_> = (0..8u64)
        .map(|number| {
            let (total, barrier) = (total.clone(), barrier.clone());
            thread::Builder::new().name(format!("worker {number}")).spawn(move || {
                barrier.wait();
                for _ in 0..1000 {
                    *total.lock().unwrap() += number;
                    CALLS.set(CALLS.get() + 1);
                }
                CALLS.get()
            })
        })
        .collect::<Result<_, _>>()?;
    for worker in workers {
        assert_eq!(worker.join().map_err(|_| "a worker panicked")?, 1000);
    }
    assert_eq!(CALLS.get(), 0, "the main thread has its own variable");
    let hits = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| hits.fetch_add(1, Ordering::Relaxed));
        }
    });
    println!("threads ok: {} and {}", total.lock().unwrap(), hits.into_inner());
    Ok(())
}

fn channels() -> Outcome {
    let (sender, receiver) = mpsc::sync_channel(4);
    let producer = thread::spawn(move || (1..=100u32).try_for_each(|number| sender.send(number)));
    let sum: u32 = receiver.iter().sum();
    producer.join().map_err(|_| "the producer panicked")??;
    println!("channels ok: {sum}");
    Ok(())
}

/// A server in a thread, a client in this one.
fn local_http() -> Outcome {
    let listener = TcpListener::bind("localhost:0")?;
    let address = listener.local_addr()?;
    let server = thread::spawn(move || -> std::io::Result<()> {
        let (stream, _) = listener.accept()?;
        let mut lines = BufReader::new(&stream).lines();
        let request = lines.next().transpose()?.unwrap_or_default();
        while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
        let body = format!("you asked: {request}\n");
        write!(&stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
    });
    let response = get(&mut TcpStream::connect(address)?, "localhost")?;
    server.join().map_err(|_| "the server panicked")??;
    let (head, body) = response.split_once("\r\n\r\n").ok_or("no end of the head")?;
    println!("local http ok: {} | {}", head.lines().next().unwrap_or_default(), body.trim_end());
    Ok(())
}

fn remote_http(host: &str) -> Outcome {
    let addresses: Vec<_> = (host, 80).to_socket_addrs()?.collect();
    println!("{host} is {addresses:?}");
    let mut stream = TcpStream::connect((host, 80))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let response = get(&mut stream, host)?;
    println!("remote http ok: {} ({} bytes)", response.lines().next().unwrap_or_default(), response.len());
    Ok(())
}

fn get(stream: &mut TcpStream, host: &str) -> std::io::Result<String> {
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response)?;
    Ok(String::from_utf8_lossy(&response).into_owned())
}
