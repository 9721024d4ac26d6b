//! The auxiliary vector: facts that the kernel hands to a new program (`getauxval(3)`).

use fullrust_sys::abi::auxv::*;
use fullrust_sys::abi::elf::Phdr;

use crate::write_once::WriteOnce;

/// One more than the largest key that is used.
const KEYS: usize = AT_MINSIGSTKSZ + 1;

/// The values by key, which takes less code than a field for each; absent ones are zero.
pub struct Auxv([usize; KEYS]);

static AUXV: WriteOnce<Auxv> = WriteOnce::new(Auxv([0; KEYS]));

impl Auxv {
    /// The program headers, as far as the kernel says where they are (`AT_PHDR`, `AT_PHNUM`).
    #[inline]
    pub fn program_headers(&self) -> &'static [Phdr] {
        let headers = self.0[AT_PHDR] as *const Phdr;
        if headers.is_null() {
            return &[];
        }
        // SAFETY: the kernel gives place and number of the headers in a loaded segment.
        unsafe { core::slice::from_raw_parts(headers, self.0[AT_PHNUM]) }
    }

    /// Further features of the processor (`AT_HWCAP2`).
    #[inline]
    pub fn hardware2(&self) -> usize {
        self.0[AT_HWCAP2]
    }

    /// Whether environment switches must not change behaviour (`AT_SECURE`).
    #[inline]
    pub fn is_secure(&self) -> bool {
        self.0[AT_SECURE] != 0
    }

    /// The 16 random bytes as two words; zeros where the kernel gave none (`AT_RANDOM`).
    #[inline]
    pub fn random_words(&self) -> [u64; 2] {
        let random = self.0[AT_RANDOM] as *const [u64; 2];
        if random.is_null() {
            return [0; 2];
        }
        // SAFETY: the kernel put 16 bytes there; they need not be aligned.
        unsafe { random.read_unaligned() }
    }

    /// Path of the program as given to `execve` (`AT_EXECFN`).
    #[inline]
    pub fn exec_file_name(&self) -> *const core::ffi::c_char {
        self.0[AT_EXECFN] as *const core::ffi::c_char
    }

    /// Image of the vDSO (`AT_SYSINFO_EHDR`); null where the kernel gave none.
    #[inline]
    pub fn vdso(&self) -> *const u8 {
        self.0[AT_SYSINFO_EHDR] as *const u8
    }

    /// Least size of a signal stack (`AT_MINSIGSTKSZ`).
    #[inline]
    pub fn minimum_signal_stack(&self) -> usize {
        self.0[AT_MINSIGSTKSZ]
    }
}

/// The process's vector.
#[inline]
pub fn auxv() -> &'static Auxv {
    AUXV.get()
}

/// Size of a page in bytes.
#[inline]
pub const fn page_size() -> usize {
    fullrust_sys::arch::PAGE_SIZE
}

/// Reads the pairs up to `AT_NULL`.
///
/// # Safety
/// Start-up only; `entry` must be the kernel's vector.
#[inline]
pub(crate) unsafe fn remember(mut entry: *const [usize; 2]) {
    // SAFETY: one thread, no reader yet.
    let values = unsafe { &mut (*AUXV.place()).0 };
    loop {
        // SAFETY: pairs follow each other up to AT_NULL.
        let [key, value] = unsafe { *entry };
        if key == AT_NULL {
            return;
        }
        if let Some(place) = values.get_mut(key) {
            *place = value;
        }
        // SAFETY: this was not the last pair.
        entry = unsafe { entry.add(1) };
    }
}
