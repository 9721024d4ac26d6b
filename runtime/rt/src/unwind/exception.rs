//! Exceptions: raised, resumed behind a landing pad, ended; and the personality that Rust functions name.
//!
//! Two phases (Itanium C++ ABI: Exception Handling, 1.3): the first finds a frame that catches and changes nothing, so
//! that an exception nobody catches leaves the stack as it was; the second runs the landing pads up to that frame.

use fullrust_sys::arch::unwind::{EXCEPTION_REGISTERS, RETURN_ADDRESS, Registers, restore_registers, with_registers};

use super::frame::Frame;
use super::lsda::{self, Pad};
use crate::abort::fatal;

/// The head of an exception; what is thrown follows it.
#[repr(C, align(16))]
pub struct Exception {
    /// Who made it: eight characters.
    pub class: u64,
    /// Called when a foreign runtime ends the exception.
    pub cleanup: Option<unsafe extern "C" fn(reason: Reason, exception: *mut Exception)>,
    /// The CFA of the frame that catches, for the second phase; the unwinder's own.
    pub target: usize,
    /// The unwinder's own.
    pub reserved: usize,
}

/// Why a function of this interface returned.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No reason.
    None = 0,
    /// A foreign exception was caught.
    ForeignExceptionCaught = 1,
    /// The second phase cannot go on.
    FatalPhase2 = 2,
    /// The first phase cannot go on.
    FatalPhase1 = 3,
    /// A normal stop.
    NormalStop = 4,
    /// Nobody catches the exception.
    EndOfStack = 5,
    /// A personality has found a handler.
    HandlerFound = 6,
    /// A personality has prepared a landing pad.
    InstallContext = 7,
    /// The frame is passed.
    ContinueUnwind = 8,
}

/// What a personality is asked for: bits.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action(pub i32);

impl Action {
    /// The first phase.
    pub const SEARCH: Self = Self(1);
    /// The second phase.
    pub const CLEANUP: Self = Self(2);
    /// The second phase, in the frame that catches.
    pub const CLEANUP_HANDLER: Self = Self(2 | 4);
}

/// A frame as a personality sees it.
pub struct Context {
    frame: Frame,
    function_start: usize,
    lsda: usize,
}

type Personality = unsafe extern "C" fn(i32, Action, u64, *mut Exception, *mut Context) -> Reason;

/// Raises an exception from the caller's frame. Returns only if nobody catches it, with the stack untouched.
///
/// # Safety
/// The exception must live until it is caught, and is whoever catches it's then.
#[inline(never)]
pub unsafe extern "C-unwind" fn raise(exception: *mut Exception) -> Reason {
    // SAFETY: the receiver gets the exception back; the frames above are this thread's.
    match unsafe { with_registers(exception.cast(), raise_from) } {
        3 => Reason::FatalPhase1,
        _ => Reason::EndOfStack,
    }
}

unsafe extern "C" fn raise_from(registers: &mut Registers, exception: *mut u8) -> usize {
    let exception = exception.cast::<Exception>();
    let frame = Frame::new(registers.clone());
    // SAFETY: `raise`'s promises; its own frame is the first, has no landing pad, and is passed.
    unsafe {
        match search(exception, Frame::new(registers.clone())) {
            Ok(target) => {
                (*exception).target = target;
                clean_up(exception, frame)
            }
            Err(reason) => reason as usize,
        }
    }
}

/// Goes on with the second phase, from the frame of a landing pad that has done its work. `_Unwind_Resume` is this.
///
/// # Safety
/// Only for landing pads, with the exception that they got.
#[unsafe(naked)]
pub unsafe extern "C" fn resume(exception: *mut Exception) -> ! {
    core::arch::naked_asm!(
        "lea rsi, [rip + {resume_from}]",
        "jmp {with_registers}", // with the landing pad's return address on top
        resume_from = sym resume_from,
        with_registers = sym with_registers,
    )
}

unsafe extern "C" fn resume_from(registers: &mut Registers, exception: *mut u8) -> usize {
    // SAFETY: the promise of `resume`'s caller.
    unsafe { clean_up(exception.cast(), Frame::new(registers.clone())) }
}

/// Ends an exception that a foreign runtime has caught.
///
/// # Safety
/// The exception must be the caller's.
pub unsafe extern "C" fn delete_exception(exception: *mut Exception) {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(cleanup) = (*exception).cleanup {
            cleanup(Reason::ForeignExceptionCaught, exception);
        }
    }
}

/// The first phase: the stack pointer of the frame that catches.
///
/// # Safety
/// The frame must be this thread's.
unsafe fn search(exception: *mut Exception, mut frame: Frame) -> Result<usize, Reason> {
    loop {
        let description = frame.describe().ok_or(Reason::EndOfStack)?;
        // SAFETY: the description is the frame's; personalities are the program's.
        unsafe {
            let caller = frame.caller(&description);
            let stack_pointer = frame.stack_pointer();
            if description.personality != 0 {
                let mut context = Context { frame, function_start: description.function_start, lsda: description.lsda };
                match ask(description.personality, Action::SEARCH, exception, &mut context) {
                    Reason::HandlerFound => return Ok(stack_pointer),
                    Reason::ContinueUnwind => {}
                    _ => return Err(Reason::FatalPhase1),
                }
            }
            frame = caller.ok_or(Reason::EndOfStack)?;
        }
    }
}

/// The second phase: ends in a landing pad.
///
/// # Safety
/// The frame must be this thread's, inside the one that catches.
unsafe fn clean_up(exception: *mut Exception, mut frame: Frame) -> ! {
    loop {
        let Some(description) = frame.describe() else { lost() };
        // SAFETY: as in `search`.
        unsafe {
            let caller = frame.caller(&description);
            let is_target = frame.stack_pointer() == (*exception).target;
            if description.personality != 0 {
                let action = if is_target { Action::CLEANUP_HANDLER } else { Action::CLEANUP };
                let mut context = Context { frame, function_start: description.function_start, lsda: description.lsda };
                match ask(description.personality, action, exception, &mut context) {
                    Reason::InstallContext => restore_registers(&context.frame.registers),
                    Reason::ContinueUnwind if !is_target => {}
                    _ => lost(),
                }
            }
            match caller {
                Some(caller) => frame = caller,
                None => lost(),
            }
        }
    }
}

/// # Safety
/// `personality` must be the address of one.
unsafe fn ask(personality: usize, action: Action, exception: *mut Exception, context: &mut Context) -> Reason {
    const VERSION: i32 = 1;
    // SAFETY: the tables name functions of this type.
    unsafe {
        let personality = core::mem::transmute::<usize, Personality>(personality);
        personality(VERSION, action, (*exception).class, exception, context)
    }
}

/// The second phase cannot fail where the first one succeeded, unless the stack was overwritten in between.
#[cold]
fn lost() -> ! {
    fatal("the stack cannot be unwound")
}

/// The personality of Rust functions: what `rust_eh_personality` must do.
///
/// # Safety
/// Only for the unwinder above.
pub unsafe extern "C" fn personality(
    version: i32,
    action: Action,
    _class: u64,
    exception: *mut Exception,
    context: *mut Context,
) -> Reason {
    if version != 1 {
        return Reason::FatalPhase1;
    }
    // SAFETY: the unwinder passes a context that is ours for the call.
    let context = unsafe { &mut *context };
    let address = context.frame.call_address();
    // SAFETY: the context belongs together.
    let pad = unsafe { lsda::find(context.lsda, context.function_start, address) };
    if action == Action::SEARCH {
        return match pad {
            Pad::None | Pad::Cleanup(_) => Reason::ContinueUnwind,
            Pad::Catch(_) => Reason::HandlerFound,
            Pad::Terminate => Reason::FatalPhase1,
        };
    }
    match pad {
        Pad::None => Reason::ContinueUnwind,
        Pad::Terminate => Reason::FatalPhase2,
        Pad::Cleanup(address) | Pad::Catch(address) => {
            let [first, second] = EXCEPTION_REGISTERS;
            let registers = &mut context.frame.registers.0;
            registers[first] = exception.addr();
            registers[second] = 0;
            registers[RETURN_ADDRESS] = address;
            Reason::InstallContext
        }
    }
}
