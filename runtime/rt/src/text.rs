//! Text on its way to a descriptor: collected on the stack, so that a message is one write if it fits.
//!
//! For last words and for the explicit mode's `print!`. Nothing here can panic, so that a program which does not panic
//! carries no formatting machinery.

use core::fmt;
use core::mem::MaybeUninit;

use fullrust_sys::{Errno, Result, io};

const CAPACITY: usize = 512;

/// Collected text; written when there is no more room and when dropped. The first error ends all writing.
pub struct Text {
    fd: i32,
    used: usize,
    result: Result<()>,
    buffer: [MaybeUninit<u8>; CAPACITY],
}

impl Text {
    /// An empty collection for a descriptor.
    #[inline]
    pub const fn new(fd: i32) -> Self {
        Self { fd, used: 0, result: Ok(()), buffer: [MaybeUninit::uninit(); CAPACITY] }
    }

    /// An empty collection for stderr.
    #[inline]
    pub const fn stderr() -> Self {
        Self::new(2)
    }

    /// Adds bytes as they are.
    #[cfg_attr(fullrust_sysroot, optimize(size))]
    pub fn push(&mut self, bytes: &[u8]) {
        if bytes.len() > CAPACITY - self.used {
            self.write_out();
        }
        if bytes.len() > CAPACITY - self.used {
            self.write(bytes.as_ptr(), bytes.len());
            return;
        }
        // SAFETY: there is room behind what is used.
        unsafe {
            bytes.as_ptr().copy_to_nonoverlapping(self.buffer.as_mut_ptr().cast::<u8>().add(self.used), bytes.len())
        };
        self.used += bytes.len();
    }

    /// Adds a number in decimal.
    #[inline]
    pub fn push_number(&mut self, number: u32) {
        let mut digits = NO_DIGITS;
        self.push(decimal(number.into(), &mut digits).as_bytes());
    }

    /// Adds formatted text; without arguments it is added as it is.
    #[inline]
    pub fn push_args(&mut self, arguments: fmt::Arguments<'_>) {
        match arguments.as_str() {
            Some(text) => self.push(text.as_bytes()),
            // A `Display` that fails is a bug of the program; what it printed so far is kept.
            None => drop(fmt::write(self, arguments)),
        }
    }

    /// Writes what has been collected and says how all writing went.
    #[cfg_attr(fullrust_sysroot, optimize(size))]
    pub fn flush(&mut self) -> Result<()> {
        self.write_out();
        self.result
    }

    #[cfg_attr(fullrust_sysroot, optimize(size))]
    fn write_out(&mut self) {
        self.write(self.buffer.as_ptr().cast(), self.used);
        self.used = 0;
    }

    /// Writes bytes that the caller keeps alive. A descriptor that takes none is an error (`EIO`), not a loop.
    #[cfg_attr(fullrust_sysroot, optimize(size))]
    fn write(&mut self, mut start: *const u8, mut length: usize) {
        while length != 0 && self.result.is_ok() {
            // SAFETY: the callers' bytes, less what has been written.
            match io::write(self.fd, unsafe { core::slice::from_raw_parts(start, length) }) {
                Ok(0) => self.result = Err(Errno::EIO),
                Ok(count) => {
                    start = start.wrapping_add(count);
                    length = length.wrapping_sub(count);
                }
                Err(Errno::EINTR) => {}
                Err(errno) => self.result = Err(errno),
            }
        }
    }
}

impl Drop for Text {
    #[cfg_attr(fullrust_sysroot, optimize(size))]
    fn drop(&mut self) {
        self.write_out();
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes());
        Ok(())
    }
}

/// Room for the digits of the largest number.
pub type Digits = [MaybeUninit<u8>; 20];

/// Such room, empty.
pub const NO_DIGITS: Digits = [MaybeUninit::uninit(); 20];

/// A number as text, written into the end of `digits`.
#[inline(never)]
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub fn decimal(mut number: u64, digits: &mut Digits) -> &str {
    let end = digits.as_mut_ptr_range().end.cast::<u8>();
    let mut length = 0;
    loop {
        length += 1;
        // SAFETY: twenty digits are enough for the largest number.
        unsafe { end.sub(length).write(b'0' + (number % 10) as u8) };
        number /= 10;
        if number == 0 {
            break;
        }
    }
    // SAFETY: these bytes were written, and are digits.
    unsafe { core::str::from_utf8_unchecked(core::slice::from_raw_parts(end.sub(length), length)) }
}
