//! The auxiliary vector: facts that the kernel hands to a new program (`getauxval(3)`).

use fullrust_sys::abi::auxv::*;
use fullrust_sys::abi::elf::Phdr;

use crate::write_once::WriteOnce;

/// The entries that the runtime uses; absent ones are zero or null.
pub struct Auxv {
    /// Program headers in memory (`AT_PHDR`).
    pub headers: *const Phdr,
    /// How many (`AT_PHNUM`).
    pub header_count: usize,
    /// Size of a page (`AT_PAGESZ`).
    pub page_size: usize,
    /// Further features of the processor (`AT_HWCAP2`).
    pub hardware2: usize,
    /// Whether environment switches must not change behaviour (`AT_SECURE`).
    pub secure: bool,
    /// 16 random bytes (`AT_RANDOM`).
    pub random: *const [u8; 16],
    /// Path of the program as given to `execve` (`AT_EXECFN`).
    pub exec_file_name: *const core::ffi::c_char,
    /// Image of the vDSO (`AT_SYSINFO_EHDR`).
    pub vdso: *const u8,
    /// Least size of a signal stack (`AT_MINSIGSTKSZ`).
    pub minimum_signal_stack: usize,
}

// SAFETY: the pointers lead to memory that the kernel has set up and nobody changes.
unsafe impl Sync for Auxv {}

/// One more than the largest key that is used.
const KEYS: usize = AT_MINSIGSTKSZ + 1;

static AUXV: WriteOnce<Auxv> = WriteOnce::new(Auxv::EMPTY);

impl Auxv {
    const EMPTY: Self = Self {
        headers: core::ptr::null(),
        header_count: 0,
        page_size: 4096,
        hardware2: 0,
        secure: false,
        random: core::ptr::null(),
        exec_file_name: core::ptr::null(),
        vdso: core::ptr::null(),
        minimum_signal_stack: 0,
    };

    /// Reads the pairs up to `AT_NULL`.
    ///
    /// # Safety
    /// `entry` must be the kernel's vector.
    unsafe fn read(mut entry: *const [usize; 2]) -> Self {
        // By key, which takes less code than a choice among them.
        let mut values = [0; KEYS];
        loop {
            // SAFETY: pairs follow each other up to AT_NULL.
            let [key, value] = unsafe { *entry };
            match key {
                AT_NULL => return Self::from_values(&values),
                key if key < KEYS => values[key] = value,
                _ => {}
            }
            // SAFETY: this was not the last pair.
            entry = unsafe { entry.add(1) };
        }
    }

    #[inline]
    fn from_values(values: &[usize; KEYS]) -> Self {
        Self {
            headers: values[AT_PHDR] as *const Phdr,
            header_count: values[AT_PHNUM],
            page_size: if values[AT_PAGESZ] == 0 { Self::EMPTY.page_size } else { values[AT_PAGESZ] },
            hardware2: values[AT_HWCAP2],
            secure: values[AT_SECURE] != 0,
            random: values[AT_RANDOM] as *const [u8; 16],
            exec_file_name: values[AT_EXECFN] as *const core::ffi::c_char,
            vdso: values[AT_SYSINFO_EHDR] as *const u8,
            minimum_signal_stack: values[AT_MINSIGSTKSZ],
        }
    }

    /// The program headers, as far as the kernel says where they are.
    #[inline]
    pub fn program_headers(&self) -> &'static [Phdr] {
        if self.headers.is_null() {
            return &[];
        }
        // SAFETY: the kernel gives place and number of the headers in a loaded segment.
        unsafe { core::slice::from_raw_parts(self.headers, self.header_count) }
    }

    /// The 16 random bytes as two words; zeros where the kernel gave none.
    #[inline]
    pub fn random_words(&self) -> [u64; 2] {
        if self.random.is_null() {
            return [0; 2];
        }
        // SAFETY: the kernel put 16 bytes there; they need not be aligned.
        unsafe { self.random.cast::<[u64; 2]>().read_unaligned() }
    }
}

/// The process's vector.
#[inline]
pub fn auxv() -> &'static Auxv {
    AUXV.get()
}

/// Size of a page in bytes.
#[inline]
pub fn page_size() -> usize {
    auxv().page_size
}

/// # Safety
/// Start-up only; `entry` must be the kernel's vector.
pub(crate) unsafe fn remember(entry: *const [usize; 2]) {
    // SAFETY: one thread, no reader yet.
    unsafe { AUXV.set(Auxv::read(entry)) };
}
