//! Extension traits of a program whose methods std has only as experiments: the program's own are meant.
use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, BufReader, Cursor, IoSlice, Read, Seek, Write};
use std::process::{Command, ExitCode, ExitStatus, Output};

trait ReadMore: Read {
    fn is_read_vectored(&self) -> &'static str {
        "own is_read_vectored"
    }
    fn read_buf(&mut self) -> &'static str {
        "own read_buf"
    }
    fn read_array(&mut self) -> &'static str {
        "own read_array"
    }
}
impl<T: Read> ReadMore for T {}

trait WriteMore: Write {
    fn is_write_vectored(&self) -> &'static str {
        "own is_write_vectored"
    }
    fn write_all_vectored(&mut self, _: &[IoSlice<'_>]) -> &'static str {
        "own write_all_vectored"
    }
}
impl<T: Write> WriteMore for T {}

trait SeekMore: Seek {
    fn stream_len(&mut self) -> &'static str {
        "own stream_len"
    }
}
impl<T: Seek> SeekMore for T {}

trait BufReadMore: BufRead {
    fn has_data_left(&mut self) -> &'static str {
        "own has_data_left"
    }
    fn peek(&mut self) -> &'static str {
        "own peek"
    }
}
impl<T: BufRead> BufReadMore for T {}

trait Status {
    fn exit_ok(&self) -> &'static str {
        "own exit_ok"
    }
}
impl Status for ExitStatus {}
impl Status for Output {}

trait Codes {
    fn to_i32(self) -> &'static str
    where
        Self: Sized,
    {
        "own to_i32"
    }
}
impl Codes for ExitCode {}

trait Setup {
    fn setsid(&mut self) -> &'static str {
        "own setsid"
    }
    fn groups(&mut self, _: &[u32]) -> &'static str {
        "own groups"
    }
    fn get_env_clear(&self) -> &'static str {
        "own get_env_clear"
    }
}
impl Setup for Command {}

trait Texts {
    fn truncate(&mut self) -> &'static str {
        "own truncate"
    }
}
impl Texts for OsString {}

trait Slices {
    fn slice_encoded_bytes(&self) -> &'static str {
        "own slice_encoded_bytes"
    }
}
impl Slices for OsStr {}

pub fn own_methods_are_meant() {
    let mut reader = BufReader::new(Cursor::new(vec![1, 2]));
    println!("{} {} {}", reader.is_read_vectored(), reader.read_buf(), reader.read_array());
    println!("{} {} {}", reader.has_data_left(), reader.peek(), reader.stream_len());
    let mut out = io::sink();
    println!("{} {}", out.is_write_vectored(), out.write_all_vectored(&[]));
    println!("{} {}", io::stdout().is_write_vectored(), Cursor::new(vec![0u8]).stream_len());
    println!("{} {}", ExitStatus::default().exit_ok(), ExitCode::SUCCESS.to_i32());
    let mut command = Command::new("x");
    {
        use std::os::unix::process::CommandExt;
        println!("{} {} {}", command.setsid(), command.groups(&[]), command.get_env_clear());
        command.arg0("y");
    }
    println!("{} {}", OsString::from("x").truncate(), OsStr::new("x").slice_encoded_bytes());
}

/// A type that has only the methods that std requires.
struct Memory(Vec<u8>);
impl std::os::unix::fs::FileExt for Memory {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        (&self.0[offset as usize..]).read(buffer)
    }
    fn write_at(&self, buffer: &[u8], _: u64) -> io::Result<usize> {
        Ok(buffer.len())
    }
}

pub fn traits_with_the_required_methods_only() {
    use std::os::unix::fs::FileExt;
    let mut buffer = [0; 2];
    println!("{:?} {buffer:?}", Memory(vec![1, 2, 3]).read_exact_at(&mut buffer, 1));
    println!("{:?}", Memory(vec![]).write_all_at(b"x", 0));
    struct Pair(u8);
    impl Read for Pair {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer[0] = self.0;
            self.0 -= 1;
            Ok(usize::from(self.0 != 0))
        }
    }
    let mut bytes = Vec::new();
    println!("{:?} {bytes:?}", Pair(5).read_to_end(&mut bytes));
    println!("{:?}", Pair(4).by_ref().take(2).bytes().map(Result::unwrap).collect::<Vec<_>>());
    println!("{:?}", io::copy(&mut Pair(3), &mut io::sink()));
}
