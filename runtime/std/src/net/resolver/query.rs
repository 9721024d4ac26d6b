//! Asking name servers about one full name: both types of addresses at once, server after server.

use core::time::Duration;

use super::LookupError;
use super::config::Config;
use super::message::{Answer, Name, RecordType, decode_answer, encode_name, encode_question};
use crate::io::{self, ErrorKind, Read, Write};
use crate::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use crate::sys::random::hash_keys;
use crate::time::Instant;

/// Answers by UDP are at most 512 bytes unless the question says otherwise; servers may send more all the same.
const LARGEST_DATAGRAM: usize = 4096;

/// One of the two questions.
struct Question {
    record: RecordType,
    id: u16,
    /// What a server has definitely said.
    answer: Option<Answer>,
    /// Whether some server has said that it cannot tell.
    failed: bool,
}

impl Question {
    fn is_open(&self) -> bool {
        self.answer.is_none()
    }
}

/// What to do after a server.
enum Next {
    /// Everything is answered.
    Done,
    /// Another server may know what is still open.
    OtherServer,
}

/// The addresses of a full name.
pub(super) fn look_up(host: &str, config: &Config) -> Result<Vec<IpAddr>, LookupError> {
    let name = encode_name(host).ok_or(LookupError::NotFound)?;
    let random = hash_keys().0;
    let mut questions = [
        Question { record: RecordType::A, id: random as u16, answer: None, failed: false },
        Question { record: RecordType::Aaaa, id: (random >> 16) as u16, answer: None, failed: false },
    ];
    let first = if config.rotate { (random >> 32) as usize } else { 0 };
    let count = config.servers.len();
    for turn in 0..config.attempts as usize * count {
        let server = config.servers[(first + turn) % count];
        if let Ok(Next::Done) = ask_server(&server, &name, &mut questions, config) {
            break;
        }
    }
    conclude(questions)
}

fn conclude(questions: [Question; 2]) -> Result<Vec<IpAddr>, LookupError> {
    let all_answered = questions.iter().all(|question| !question.is_open());
    let failed = questions.iter().any(|question| question.failed);
    let mut addresses = Vec::new();
    for question in questions {
        match question.answer {
            Some(Answer::NoSuchName) => return Err(LookupError::NotFound),
            Some(Answer::Addresses(some)) => addresses.extend(some),
            _ => {}
        }
    }
    match addresses.is_empty() {
        false => Ok(addresses),
        true if all_answered => Err(LookupError::NoAddress),
        true if failed => Err(LookupError::ServerFailed),
        true => Err(LookupError::NoAnswer),
    }
}

/// Puts the open questions to one server. An error means that it could not be reached.
fn ask_server(server: &SocketAddr, name: &Name, questions: &mut [Question; 2], config: &Config) -> io::Result<Next> {
    let deadline = Instant::now() + config.timeout;
    if config.use_tcp {
        for question in questions.iter_mut() {
            if question.is_open() {
                ask_by_tcp(server, name, question, deadline)?;
            }
        }
    } else {
        ask_by_udp(server, name, questions, deadline)?;
    }
    let settled = questions.iter().all(|question| !question.is_open())
        || questions.iter().any(|question| question.answer == Some(Answer::NoSuchName));
    Ok(if settled { Next::Done } else { Next::OtherServer })
}

fn ask_by_udp(server: &SocketAddr, name: &Name, questions: &mut [Question; 2], deadline: Instant) -> io::Result<()> {
    // A connected socket hears this server only, from a port that the kernel chose at random.
    let any: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0))?;
    socket.connect(server)?;
    for question in questions.iter().filter(|question| question.is_open()) {
        socket.send(&encode_question(question.id, name, question.record))?;
    }
    let mut buffer = [0u8; LARGEST_DATAGRAM];
    // A server that fails on one question is not waited for any longer on that one.
    let mut failed = [false; 2];
    while (0..2).any(|index| questions[index].is_open() && !failed[index]) {
        socket.set_read_timeout(Some(rest(deadline)?))?;
        let count = match socket.recv(&mut buffer) {
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        for (index, question) in questions.iter_mut().enumerate() {
            if !question.is_open() || failed[index] {
                continue;
            }
            match decode_answer(&buffer[..count], question.id, name, question.record) {
                None => continue,
                Some(Answer::Failed) => (failed[index], question.failed) = (true, true),
                Some(Answer::Truncated) => failed[index] = ask_by_tcp(server, name, question, deadline).is_err(),
                Some(answer @ Answer::NoSuchName) => {
                    question.answer = Some(answer);
                    return Ok(());
                }
                Some(answer) => question.answer = Some(answer),
            }
            break;
        }
    }
    Ok(())
}

/// The same question by TCP: messages are preceded by their length (RFC 1035, 4.2.2).
fn ask_by_tcp(server: &SocketAddr, name: &Name, question: &mut Question, deadline: Instant) -> io::Result<()> {
    let mut stream = TcpStream::connect_timeout(server, rest(deadline)?)?;
    stream.set_write_timeout(Some(rest(deadline)?))?;
    let message = encode_question(question.id, name, question.record);
    let mut framed = Vec::from((message.len() as u16).to_be_bytes());
    framed.extend(message);
    stream.write_all(&framed)?;
    let mut length = [0u8; 2];
    read_exactly(&mut stream, &mut length, deadline)?;
    let mut answer = vec![0u8; u16::from_be_bytes(length).into()];
    read_exactly(&mut stream, &mut answer, deadline)?;
    match decode_answer(&answer, question.id, name, question.record) {
        Some(answer @ (Answer::Addresses(_) | Answer::NoSuchName)) => {
            question.answer = Some(answer);
            Ok(())
        }
        answer => {
            question.failed |= answer == Some(Answer::Failed);
            Err(ErrorKind::InvalidData.into())
        }
    }
}

/// Fills the buffer before the deadline, however slowly the bytes come.
fn read_exactly(stream: &mut TcpStream, mut buffer: &mut [u8], deadline: Instant) -> io::Result<()> {
    while !buffer.is_empty() {
        stream.set_read_timeout(Some(rest(deadline)?))?;
        match stream.read(buffer) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => buffer = &mut buffer[count..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The time that is left.
fn rest(deadline: Instant) -> io::Result<Duration> {
    let rest = deadline.saturating_duration_since(Instant::now());
    if rest.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(rest) }
}
