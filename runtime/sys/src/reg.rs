//! How a typed argument becomes the content of a register, and how a call with such arguments is written.

/// A value that the kernel takes in one register.
pub trait Reg: Copy {
    /// The register's content; signed values are sign-extended as the kernel expects.
    fn reg(self) -> usize;
}

macro_rules! integers {
    ($($type:ty)*) => {
        $(impl Reg for $type {
            #[inline(always)]
            fn reg(self) -> usize {
                self as usize
            }
        })*
    };
}

integers!(i32 u32 i64 u64 isize usize);

impl<T> Reg for *const T {
    #[inline(always)]
    fn reg(self) -> usize {
        self as usize
    }
}

impl<T> Reg for *mut T {
    #[inline(always)]
    fn reg(self) -> usize {
        self as usize
    }
}

/// Issues a syscall by name with typed arguments and checks the result: `syscall!(READ, fd, pointer, length)`.
macro_rules! syscall {
    ($nr:ident) => { $crate::Errno::check($crate::arch::syscall0($crate::arch::nr::$nr)) };
    ($nr:ident, $a:expr) => { syscall!(@call syscall1 $nr, $a) };
    ($nr:ident, $a:expr, $b:expr) => { syscall!(@call syscall2 $nr, $a, $b) };
    ($nr:ident, $a:expr, $b:expr, $c:expr) => { syscall!(@call syscall3 $nr, $a, $b, $c) };
    ($nr:ident, $a:expr, $b:expr, $c:expr, $d:expr) => { syscall!(@call syscall4 $nr, $a, $b, $c, $d) };
    ($nr:ident, $a:expr, $b:expr, $c:expr, $d:expr, $e:expr) => { syscall!(@call syscall5 $nr, $a, $b, $c, $d, $e) };
    ($nr:ident, $a:expr, $b:expr, $c:expr, $d:expr, $e:expr, $f:expr) => {
        syscall!(@call syscall6 $nr, $a, $b, $c, $d, $e, $f)
    };
    (@call $call:ident $nr:ident, $($argument:expr),*) => {
        $crate::Errno::check($crate::arch::$call($crate::arch::nr::$nr, $($crate::Reg::reg($argument)),*))
    };
}

pub(crate) use syscall;
