//! The interface of `atty` 0.2 on `std::io::IsTerminal`.

use std::io::IsTerminal;

/// A standard stream.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    Stdout,
    Stderr,
    Stdin,
}

/// Whether the stream is a terminal.
pub fn is(stream: Stream) -> bool {
    match stream {
        Stream::Stdout => std::io::stdout().is_terminal(),
        Stream::Stderr => std::io::stderr().is_terminal(),
        Stream::Stdin => std::io::stdin().is_terminal(),
    }
}

/// Whether the stream is no terminal.
pub fn isnt(stream: Stream) -> bool {
    !is(stream)
}
