//! A name server of one test: a closure decides what becomes of each question.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A question as it arrived.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Question {
    pub(crate) name: String,
    /// 1 or 28.
    pub(crate) kind: u16,
    pub(crate) by_tcp: bool,
}

/// A record of an answer: owner, and an alias or an address.
#[derive(Clone)]
pub(crate) enum Record {
    Alias(&'static str, &'static str),
    Address(&'static str, &'static str),
}

/// What becomes of a question.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Nothing at all.
    Drop,
    /// An answer with these records.
    Records(Vec<Record>),
    /// An empty answer with a result code.
    Code(u8),
    /// An empty answer that says it does not fit.
    Truncated,
    /// These bytes, the question's id put in front.
    Raw(Vec<u8>),
    /// First an answer that must be ignored, then the right one.
    Decoy(Decoy, Box<Reply>),
    /// A reply after a pause.
    Late(Duration, Box<Reply>),
}

/// In what way an answer is not to the question.
#[derive(Clone, Copy)]
pub(crate) enum Decoy {
    WrongId,
    WrongQuestion,
    NotAnAnswer,
    OtherSender,
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    log: Mutex<Receiver<Question>>,
}

type Rule = Arc<dyn Fn(&Question) -> Reply + Send + Sync>;

impl Server {
    pub(crate) fn start(rule: impl Fn(&Question) -> Reply + Send + Sync + 'static) -> Self {
        let rule: Rule = Arc::new(rule);
        let (log, questions) = channel();
        let (tcp, udp) = loop {
            let tcp = TcpListener::bind("127.0.0.1:0").expect("a port");
            if let Ok(udp) = UdpSocket::bind(tcp.local_addr().expect("an address")) {
                break (tcp, udp);
            }
        };
        let address = udp.local_addr().expect("an address");
        thread::spawn({
            let (rule, log) = (rule.clone(), log.clone());
            move || serve_udp(&udp, &rule, &log)
        });
        thread::spawn(move || serve_tcp(&tcp, &rule, &log));
        Self { address, log: Mutex::new(questions) }
    }

    /// All questions so far.
    pub(crate) fn questions(&self) -> Vec<Question> {
        self.log.lock().expect("no panic").try_iter().collect()
    }
}

fn serve_udp(socket: &UdpSocket, rule: &Rule, log: &Sender<Question>) {
    let mut buffer = [0u8; 1500];
    while let Ok((count, peer)) = socket.recv_from(&mut buffer) {
        let message = buffer[..count].to_vec();
        let question = parse(&message, false);
        let _ = log.send(question.clone());
        let (socket, rule) = (socket.try_clone().expect("a handle"), rule.clone());
        thread::spawn(move || {
            let reply = rule(&question);
            send(&reply, &message, &mut |bytes, foreign| {
                let foreigner = UdpSocket::bind("127.0.0.1:0").expect("a port");
                let sender = if foreign { &foreigner } else { &socket };
                let _ = sender.send_to(bytes, peer);
            });
        });
    }
}

fn serve_tcp(listener: &TcpListener, rule: &Rule, log: &Sender<Question>) {
    for stream in listener.incoming() {
        let mut stream = stream.expect("a connection");
        let mut length = [0u8; 2];
        if stream.read_exact(&mut length).is_err() {
            continue;
        }
        let mut message = vec![0u8; u16::from_be_bytes(length).into()];
        stream.read_exact(&mut message).expect("a question");
        let question = parse(&message, true);
        let _ = log.send(question.clone());
        send(&rule(&question), &message, &mut |bytes, _| {
            let mut framed = (bytes.len() as u16).to_be_bytes().to_vec();
            framed.extend(bytes);
            // In two pieces, as networks do.
            let _ = stream.write_all(&framed[..3]);
            thread::sleep(Duration::from_millis(5));
            let _ = stream.write_all(&framed[3..]);
        });
    }
}

fn parse(message: &[u8], by_tcp: bool) -> Question {
    let mut at = 12;
    let mut name = String::new();
    while message[at] != 0 {
        let length = usize::from(message[at]);
        name.push_str(std::str::from_utf8(&message[at + 1..at + 1 + length]).expect("text"));
        name.push('.');
        at += 1 + length;
    }
    name.pop();
    Question { name, kind: u16::from_be_bytes([message[at + 1], message[at + 2]]), by_tcp }
}

fn send(reply: &Reply, message: &[u8], out: &mut dyn FnMut(&[u8], bool)) {
    match reply {
        Reply::Drop => {}
        Reply::Records(records) => out(&answer(message, 0x8180, records), false),
        Reply::Code(code) => out(&answer(message, 0x8180 | u16::from(*code), &[]), false),
        Reply::Truncated => out(&answer(message, 0x8380, &[]), false),
        Reply::Raw(bytes) => out(&[&message[..2], bytes].concat(), false),
        Reply::Late(pause, reply) => {
            thread::sleep(*pause);
            send(reply, message, out);
        }
        Reply::Decoy(decoy, reply) => {
            let poison = [Record::Address("", if parse(message, false).kind == 1 { "6.6.6.6" } else { "6::6" })];
            let mut wrong = answer(message, 0x8180, &poison);
            match decoy {
                Decoy::WrongId => wrong[0] ^= 0x55,
                Decoy::WrongQuestion => wrong[13] ^= 1,
                Decoy::NotAnAnswer => wrong[2] &= 0x7f,
                Decoy::OtherSender => {}
            }
            out(&wrong, matches!(decoy, Decoy::OtherSender));
            thread::sleep(Duration::from_millis(5));
            send(reply, message, out);
        }
    }
}

/// An answer to the question in `message`. An empty owner stands for the name asked for, by a pointer to it.
fn answer(message: &[u8], flags: u16, records: &[Record]) -> Vec<u8> {
    let mut out = message[..2].to_vec();
    let kept: Vec<&Record> = records.iter().filter(|record| matches(record, parse(message, false).kind)).collect();
    for word in [flags, 1, kept.len() as u16, 0, 0] {
        out.extend(word.to_be_bytes());
    }
    out.extend(&message[12..]);
    for record in kept {
        let (owner, kind, data) = match record {
            Record::Alias(owner, target) => (owner, 5u16, encode(target)),
            Record::Address(owner, text) => match text.parse().expect("an address") {
                IpAddr::V4(address) => (owner, 1, address.octets().to_vec()),
                IpAddr::V6(address) => (owner, 28, address.octets().to_vec()),
            },
        };
        out.extend(if owner.is_empty() { vec![0xc0, 12] } else { encode(owner) });
        out.extend(kind.to_be_bytes());
        out.extend([0, 1, 0, 0, 0, 60]);
        out.extend((data.len() as u16).to_be_bytes());
        out.extend(data);
    }
    out
}

/// Servers send the records of the type asked for, and aliases.
fn matches(record: &Record, kind: u16) -> bool {
    match record {
        Record::Alias(..) => true,
        Record::Address(_, text) => text.contains(':') == (kind == 28),
    }
}

fn encode(name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for label in name.split('.') {
        out.push(label.len() as u8);
        out.extend(label.bytes());
    }
    out.push(0);
    out
}
