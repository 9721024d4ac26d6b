//! Reading a request: its first line and what of the head matters here.

use std::io::{self, BufRead, ErrorKind, Read};

/// Longer lines, or more of them, are not a request that this server answers.
const LONGEST_LINE: u64 = 8 * 1024;
const MOST_LINES: usize = 100;

pub struct Request {
    pub method: String,
    pub path: String,
    pub keep_open: bool,
}

/// The next request of a connection; `None` at its end.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Request>> {
    let first = line(input)?;
    if first.is_empty() {
        return Ok(None);
    }
    let mut words = first.split(' ');
    let (Some(method), Some(path), Some(version)) = (words.next(), words.next(), words.next()) else {
        return Err(ErrorKind::InvalidData.into());
    };
    let mut keep_open = version == "HTTP/1.1";
    for _ in 0..MOST_LINES {
        let header = line(input)?;
        let Some((name, value)) = header.split_once(':') else {
            return Ok(Some(Request { method: method.into(), path: path.into(), keep_open }));
        };
        if name.eq_ignore_ascii_case("connection") {
            keep_open = !value.trim().eq_ignore_ascii_case("close");
        }
    }
    Err(ErrorKind::InvalidData.into())
}

fn line(input: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    input.take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| ErrorKind::InvalidData)?;
    Ok(text.trim_end_matches(['\r', '\n']).into())
}
