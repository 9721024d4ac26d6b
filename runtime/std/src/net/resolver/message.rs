//! Messages of the domain name system (RFC 1035, section 4): questions out, answers in.

use crate::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A name in wire form, lower case: length-prefixed labels and a zero.
pub(crate) type Name = Vec<u8>;

const HEADER: usize = 12;
const CLASS_INTERNET: u16 = 1;
const TYPE_CNAME: u16 = 5;
/// RFC 1035, 2.3.4.
const MOST_NAME_BYTES: usize = 255;
const MOST_LABEL_BYTES: usize = 63;
/// Longer chains of aliases are a mistake or a trap.
const MOST_ALIASES: usize = 16;

const RESPONSE: u16 = 0x8000;
const OPCODE: u16 = 0x7800;
const TRUNCATED: u16 = 0x0200;
const RECURSION_DESIRED: u16 = 0x0100;
const RESULT_CODE: u16 = 0x000f;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordType {
    A = 1,
    Aaaa = 28,
}

/// What an answer says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The name exists; these are its addresses of the type, perhaps none.
    Addresses(Vec<IpAddr>),
    /// The name does not exist.
    NoSuchName,
    /// The answer does not fit; ask again by TCP.
    Truncated,
    /// The server cannot or will not tell.
    Failed,
}

/// The wire form of a name; `None` if it cannot be one.
pub(crate) fn encode_name(name: &str) -> Option<Name> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let mut wire = Vec::with_capacity(name.len() + 2);
    for label in name.split('.') {
        if label.is_empty() || label.len() > MOST_LABEL_BYTES {
            return None;
        }
        wire.push(label.len() as u8);
        wire.extend(label.bytes().map(|byte| byte.to_ascii_lowercase()));
    }
    wire.push(0);
    (wire.len() <= MOST_NAME_BYTES).then_some(wire)
}

/// A question for the addresses of a name.
pub(crate) fn encode_question(id: u16, name: &Name, record: RecordType) -> Vec<u8> {
    let mut message = Vec::with_capacity(HEADER + name.len() + 4);
    for word in [id, RECURSION_DESIRED, 1, 0, 0, 0] {
        message.extend(word.to_be_bytes());
    }
    message.extend(name);
    message.extend((record as u16).to_be_bytes());
    message.extend(CLASS_INTERNET.to_be_bytes());
    message
}

/// Reads a message; `None` if it is not the answer to the question with that id.
pub(crate) fn decode_answer(message: &[u8], id: u16, name: &Name, record: RecordType) -> Option<Answer> {
    let mut reader = Reader { message, at: 0 };
    let answered_id = reader.word()?;
    let flags = reader.word()?;
    let counts = [reader.word()?, reader.word()?, reader.word()?, reader.word()?];
    if answered_id != id || flags & RESPONSE == 0 || flags & OPCODE != 0 {
        return None;
    }
    if counts[0] != 1 {
        // A server that understands nothing may leave the question out.
        return (counts[0] == 0 && flags & RESULT_CODE != 0).then_some(Answer::Failed);
    }
    if reader.name()? != *name || reader.word()? != record as u16 || reader.word()? != CLASS_INTERNET {
        return None;
    }
    match flags & RESULT_CODE {
        0 if flags & TRUNCATED != 0 => Some(Answer::Truncated),
        0 => Some(reader.addresses(counts[1], name, record).map_or(Answer::Failed, Answer::Addresses)),
        3 => Some(Answer::NoSuchName),
        _ => Some(Answer::Failed),
    }
}

struct Reader<'a> {
    message: &'a [u8],
    at: usize,
}

struct Record {
    owner: Name,
    data: RecordData,
}

enum RecordData {
    Alias(Name),
    Address(IpAddr),
    Other,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let bytes = self.message.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(bytes)
    }

    fn word(&mut self) -> Option<u16> {
        self.take(2).map(|bytes| u16::from_be_bytes([bytes[0], bytes[1]]))
    }

    /// A name, perhaps compressed (RFC 1035, 4.1.4). A pointer must lead backwards, so the walk ends.
    fn name(&mut self) -> Option<Name> {
        let mut name = Name::new();
        let mut at = self.at;
        let mut lowest = at;
        let mut jumped = false;
        loop {
            let length = usize::from(*self.message.get(at)?);
            if length & 0xc0 == 0xc0 {
                let target = (length & 0x3f) << 8 | usize::from(*self.message.get(at + 1)?);
                if !jumped {
                    self.at = at + 2;
                    jumped = true;
                }
                if target >= lowest {
                    return None;
                }
                (at, lowest) = (target, target);
                continue;
            }
            if length > MOST_LABEL_BYTES {
                return None;
            }
            let label = self.message.get(at + 1..at + 1 + length)?;
            name.push(length as u8);
            name.extend(label.iter().map(u8::to_ascii_lowercase));
            at += 1 + length;
            if name.len() > MOST_NAME_BYTES {
                return None;
            }
            if length == 0 {
                if !jumped {
                    self.at = at;
                }
                return Some(name);
            }
        }
    }

    fn record(&mut self, wanted: RecordType) -> Option<Record> {
        let owner = self.name()?;
        let (kind, class) = (self.word()?, self.word()?);
        self.take(4)?; // time to live
        let length = usize::from(self.word()?);
        let start = self.at;
        let bytes = self.take(length)?;
        let data = match kind {
            _ if class != CLASS_INTERNET => RecordData::Other,
            TYPE_CNAME => {
                let mut inner = Reader { message: self.message, at: start };
                RecordData::Alias(inner.name()?)
            }
            kind if kind == wanted as u16 => address(wanted, bytes).map_or(RecordData::Other, RecordData::Address),
            _ => RecordData::Other,
        };
        Some(Record { owner, data })
    }

    /// The addresses of a name among the records of the answer section, aliases followed.
    fn addresses(&mut self, count: u16, name: &Name, wanted: RecordType) -> Option<Vec<IpAddr>> {
        let mut records = Vec::new();
        for _ in 0..count {
            records.push(self.record(wanted)?);
        }
        let mut owner = name.clone();
        for _ in 0..MOST_ALIASES {
            let alias = records.iter().find_map(|record| match &record.data {
                RecordData::Alias(target) if record.owner == owner => Some(target.clone()),
                _ => None,
            });
            match alias {
                Some(target) => owner = target,
                None => break,
            }
        }
        let of_owner = records.iter().filter(|record| record.owner == owner);
        Some(
            of_owner
                .filter_map(|record| if let RecordData::Address(ip) = record.data { Some(ip) } else { None })
                .collect(),
        )
    }
}

fn address(wanted: RecordType, bytes: &[u8]) -> Option<IpAddr> {
    match wanted {
        RecordType::A => <[u8; 4]>::try_from(bytes).ok().map(|bytes| Ipv4Addr::from(bytes).into()),
        RecordType::Aaaa => <[u8; 16]>::try_from(bytes).ok().map(|bytes| Ipv6Addr::from(bytes).into()),
    }
}
