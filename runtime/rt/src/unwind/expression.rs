//! DWARF expressions (DWARF 5, 2.5), as far as frame descriptions use them: numbers, registers, memory, arithmetic.

use fullrust_sys::arch::unwind::Registers;

use super::reader::Reader;
use super::rules::Bytes;

const STACK: usize = 16;

struct Stack {
    values: [usize; STACK],
    depth: usize,
}

impl Stack {
    fn push(&mut self, value: usize) -> Option<()> {
        *self.values.get_mut(self.depth)? = value;
        self.depth += 1;
        Some(())
    }

    fn pop(&mut self) -> Option<usize> {
        self.depth = self.depth.checked_sub(1)?;
        self.values.get(self.depth).copied()
    }

    fn pick(&self, index: usize) -> Option<usize> {
        self.values.get(self.depth.checked_sub(index + 1)?).copied()
    }
}

/// Computes an expression, with a value on the stack if one is given; `None` for operations that are not known.
///
/// # Safety
/// The bytes must be an expression of a frame whose registers these are; it reads the memory that it names.
pub(super) unsafe fn evaluate(bytes: Bytes, registers: &Registers, first: Option<usize>) -> Option<usize> {
    let mut stack = Stack { values: [0; STACK], depth: 0 };
    if let Some(value) = first {
        stack.push(value)?;
    }
    let mut reader = Reader(bytes.0);
    let end = bytes.0.wrapping_add(bytes.1);
    while reader.0 < end {
        // SAFETY: another operation follows.
        unsafe { step(&mut reader, &mut stack, registers) }?;
    }
    stack.pop()
}

/// # Safety
/// The reader must stand at an operation.
unsafe fn step(reader: &mut Reader, stack: &mut Stack, registers: &Registers) -> Option<()> {
    // SAFETY: operands follow as each operation says; addresses are those of the frame.
    unsafe {
        let opcode: u8 = reader.read();
        match opcode {
            0x06 => {
                let address = stack.pop()?; // deref
                stack.push(*(address as *const usize))
            }
            0x08 => stack.push(reader.read::<u8>().into()),
            0x09 => stack.push(reader.read::<i8>() as usize),
            0x0a => stack.push(reader.read::<u16>().into()),
            0x0b => stack.push(reader.read::<i16>() as usize),
            0x0c => stack.push(reader.read::<u32>() as usize),
            0x0d => stack.push(reader.read::<i32>() as usize),
            0x03 | 0x0e | 0x0f => stack.push(reader.read::<usize>()),
            0x10 => stack.push(reader.uleb() as usize),
            0x11 => stack.push(reader.sleb() as usize),
            0x12 => stack.push(stack.pick(0)?), // dup
            0x13 => stack.pop().map(drop),      // drop
            0x14 => stack.push(stack.pick(1)?), // over
            0x15 => stack.push(stack.pick(reader.read::<u8>().into())?),
            0x16 => {
                let (a, b) = (stack.pop()?, stack.pop()?); // swap
                stack.push(a)?;
                stack.push(b)
            }
            0x19 | 0x1f | 0x20 => {
                let value = stack.pop()?;
                stack.push(match opcode {
                    0x19 => (value as isize).unsigned_abs(),
                    0x1f => value.wrapping_neg(),
                    _ => !value,
                })
            }
            0x23 => {
                let value = stack.pop()?; // plus_uconst
                stack.push(value.wrapping_add(reader.uleb() as usize))
            }
            0x1a | 0x1c | 0x1e | 0x21 | 0x22 | 0x24..=0x27 | 0x29..=0x2e => binary(opcode, stack),
            0x28 => {
                let distance: i16 = reader.read(); // bra
                if stack.pop()? != 0 {
                    reader.0 = reader.0.wrapping_offset(distance.into());
                }
                Some(())
            }
            0x2f => {
                let distance: i16 = reader.read(); // skip
                reader.0 = reader.0.wrapping_offset(distance.into());
                Some(())
            }
            0x30..=0x4f => stack.push(usize::from(opcode - 0x30)), // lit
            0x70..=0x8f => {
                let value = registers.0.get(usize::from(opcode - 0x70))?; // breg
                stack.push(value.wrapping_add(reader.sleb() as usize))
            }
            0x96 => Some(()), // nop
            _ => None,
        }
    }
}

fn binary(opcode: u8, stack: &mut Stack) -> Option<()> {
    let (right, left) = (stack.pop()?, stack.pop()?);
    let (signed_left, signed_right) = (left as isize, right as isize);
    let shift = u32::try_from(right).unwrap_or(u32::MAX);
    stack.push(match opcode {
        0x1a => left & right,
        0x1c => left.wrapping_sub(right),
        0x1e => left.wrapping_mul(right),
        0x21 => left | right,
        0x22 => left.wrapping_add(right),
        0x24 => left.checked_shl(shift).unwrap_or(0),
        0x25 => left.checked_shr(shift).unwrap_or(0),
        0x26 => signed_left.checked_shr(shift).unwrap_or(signed_left >> 63) as usize,
        0x27 => left ^ right,
        0x29 => usize::from(left == right),
        0x2a => usize::from(signed_left >= signed_right),
        0x2b => usize::from(signed_left > signed_right),
        0x2c => usize::from(signed_left <= signed_right),
        0x2d => usize::from(signed_left < signed_right),
        _ => usize::from(left != right),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(bytes: &[u8]) -> Option<usize> {
        let mut registers = Registers([0; 17]);
        registers.0[7] = 1000;
        // SAFETY: whole expressions that read no memory.
        unsafe { evaluate(Bytes(bytes.as_ptr(), bytes.len()), &registers, None) }
    }

    #[test]
    fn plt_entries_expression() {
        // rsp + 8 + ((rip & 15) >= 11) << 3, as linkers describe their stubs.
        let bytes = [0x77, 0x08, 0x80, 0x00, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22];
        assert_eq!(value_of(&bytes), Some(1008));
    }

    #[test]
    fn unknown_operations_and_an_empty_stack_have_no_value() {
        assert_eq!(value_of(&[0xe0]), None);
        assert_eq!(value_of(&[0x22]), None);
        assert_eq!(value_of(&[]), None);
    }
}
