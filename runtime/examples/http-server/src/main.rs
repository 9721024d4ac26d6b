//! A small HTTP/1.1 server with a pool of threads and connections that stay open.
//!
//!     http-server ADDRESS            serves until it is killed:  /  /hello/NAME  /time  /count  /file/PATH (below here)
//!     http-server --test REQUESTS    serves on loopback and puts that many requests to itself

mod client;
mod request;
mod server;

use std::env;
use std::error::Error;
use std::net::TcpListener;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

const WORKERS: usize = 8;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--test", count] => test(count.parse()?),
        [address] => {
            let listener = TcpListener::bind(address)?;
            println!("listening on http://{}/", listener.local_addr()?);
            server::serve(&listener, WORKERS)?;
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            eprintln!("usage: http-server ADDRESS | --test REQUESTS");
            Ok(ExitCode::from(2))
        }
    }
}

/// Half of the requests over connections of their own, half over few that stay open.
fn test(requests: usize) -> Result<ExitCode, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || server::serve(&listener, WORKERS));
    let start = Instant::now();
    let kept_open = client::run(address, requests / 2, true)?;
    let each_new = client::run(address, requests - requests / 2, false)?;
    let served = client::count(address)?;
    println!("{} answers over open connections, {} over new ones, {served} counted", kept_open, each_new);
    eprintln!("{:.0} requests a second", requests as f64 / start.elapsed().as_secs_f64());
    let complete = kept_open + each_new == requests && served == requests + 1;
    Ok(if complete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
