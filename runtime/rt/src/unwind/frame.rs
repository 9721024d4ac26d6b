//! A frame of the stack, and the step to its caller.

use fullrust_sys::arch::unwind::{REGISTER_COUNT, RETURN_ADDRESS, Registers, STACK_POINTER, with_registers};

use super::expression::evaluate;
use super::rules::{Cfa, Row, Rule, row_at};
use super::table::{self, Description};

/// A function's call that has not returned.
pub struct Frame {
    pub(super) registers: Registers,
    /// The instruction pointer is that of an instruction to be run, not behind a call.
    is_interrupted: bool,
}

impl Frame {
    pub(super) fn new(registers: Registers) -> Self {
        Self { registers, is_interrupted: false }
    }

    /// Where the function goes on.
    #[inline]
    pub fn instruction_pointer(&self) -> usize {
        self.registers.0[RETURN_ADDRESS]
    }

    /// The stack pointer in this frame.
    #[inline]
    pub fn stack_pointer(&self) -> usize {
        self.registers.0[STACK_POINTER]
    }

    /// An address inside the instruction that is being run: that of the call, not the one behind it, which may belong
    /// to another function.
    #[inline]
    pub fn call_address(&self) -> usize {
        self.instruction_pointer().wrapping_sub(usize::from(!self.is_interrupted))
    }

    pub(super) fn describe(&self) -> Option<Description> {
        table::find(self.call_address())
    }

    /// The caller's frame; `None` at the outermost one, and where the tables say nothing.
    ///
    /// # Safety
    /// The frame must exist on this thread's stack, and the description be its own.
    pub(super) unsafe fn caller(&self, description: &Description) -> Option<Self> {
        let row = row_at(description, self.call_address())?;
        // SAFETY: the caller's promise: the rules lead to what this frame has saved.
        let registers = unsafe { self.apply(&row, description.return_address as usize) }?;
        Some(Self { registers, is_interrupted: description.is_signal_frame })
    }

    /// # Safety
    /// The rules must be this frame's.
    unsafe fn apply(&self, row: &Row, return_address: usize) -> Option<Registers> {
        let old = &self.registers;
        // SAFETY: the caller's promise, here and for each place below.
        unsafe {
            let cfa = match row.cfa {
                Cfa::Register(register, offset) => old.0.get(register)?.wrapping_add_signed(offset as isize),
                Cfa::Expression(bytes) => evaluate(bytes, old, None)?,
            };
            let read = |address: usize| *(address as *const usize);
            let mut new = old.clone();
            new.0[STACK_POINTER] = cfa;
            for (index, rule) in row.registers.iter().enumerate().take(REGISTER_COUNT) {
                new.0[index] = match *rule {
                    Rule::Same => continue,
                    Rule::Undefined if index == return_address => return None,
                    Rule::Undefined => 0,
                    Rule::Saved(offset) => read(cfa.wrapping_add_signed(offset as isize)),
                    Rule::Offset(offset) => cfa.wrapping_add_signed(offset as isize),
                    Rule::Register(other) => *old.0.get(other)?,
                    Rule::SavedAt(bytes) => read(evaluate(bytes, old, Some(cfa))?),
                    Rule::Value(bytes) => evaluate(bytes, old, Some(cfa))?,
                };
            }
            (new.0[RETURN_ADDRESS] != 0).then_some(new)
        }
    }
}

/// Shows every frame of the calling thread, from this function's caller outwards, until `visit` returns false.
#[inline(never)]
pub fn walk(mut visit: impl FnMut(&Frame) -> bool) {
    let mut visit: &mut dyn FnMut(&Frame) -> bool = &mut visit;
    // SAFETY: the receiver gets this reference back.
    unsafe { with_registers((&raw mut visit).cast(), walk_from) };
}

unsafe extern "C" fn walk_from(registers: &mut Registers, visit: *mut u8) -> usize {
    // SAFETY: `walk` passes its reference.
    let visit = unsafe { &mut *visit.cast::<&mut dyn FnMut(&Frame) -> bool>() };
    let mut frame = Frame::new(registers.clone());
    loop {
        // The first frame is that of `walk` itself.
        let Some(description) = frame.describe() else { return 0 };
        // SAFETY: frames of this thread below the current ones.
        let Some(caller) = (unsafe { frame.caller(&description) }) else { return 0 };
        frame = caller;
        if !visit(&frame) {
            return 0;
        }
    }
}
