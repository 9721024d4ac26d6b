//! The call frame instructions (DWARF 5, 6.4.2): a program per function that says, for each of its addresses, where the
//! caller's registers are.

use fullrust_sys::arch::unwind::REGISTER_COUNT;

use super::reader::Reader;
use super::table::Description;

/// How a register of the caller is found.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// It has the same value, or nothing is known.
    Same,
    /// It cannot be found; for the return address: there is no caller.
    Undefined,
    /// Saved at the CFA plus this.
    Saved(i64),
    /// The CFA plus this.
    Offset(i64),
    /// In another register.
    Register(usize),
    /// Saved at what an expression computes.
    SavedAt(Bytes),
    /// What an expression computes.
    Value(Bytes),
}

/// An expression: start and length.
#[derive(Clone, Copy)]
pub(super) struct Bytes(pub(super) *const u8, pub(super) usize);

/// How the canonical frame address is found: the stack pointer's value before the call.
#[derive(Clone, Copy)]
pub(super) enum Cfa {
    Register(usize, i64),
    Expression(Bytes),
}

/// All rules at one address.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) cfa: Cfa,
    pub(super) registers: [Rule; REGISTER_COUNT],
}

impl Row {
    const EMPTY: Self = Self { cfa: Cfa::Register(7, 0), registers: [Rule::Same; REGISTER_COUNT] };

    fn set(&mut self, register: u64, rule: Rule) {
        // Vector registers have rules in no ABI of x86-64 Linux; if one had, it would not matter for the way out.
        if let Some(place) = self.registers.get_mut(register as usize) {
            *place = rule;
        }
    }

    fn get(&self, register: u64) -> Rule {
        self.registers.get(register as usize).copied().unwrap_or(Rule::Same)
    }
}

/// How many rows may be remembered at once; compilers nest them not at all, hand-written code once.
const REMEMBERED: usize = 4;

struct Machine<'a> {
    description: &'a Description,
    row: Row,
    initial: Row,
    remembered: [Row; REMEMBERED],
    depth: usize,
    /// The address that the current row begins at.
    location: usize,
    /// The address that is asked for.
    target: usize,
}

/// The rules at an address of a function; `None` if its program uses what this interpreter does not know.
pub(super) fn row_at(description: &Description, address: usize) -> Option<Row> {
    let mut machine = Machine {
        description,
        row: Row::EMPTY,
        initial: Row::EMPTY,
        remembered: [Row::EMPTY; REMEMBERED],
        depth: 0,
        location: description.function_start,
        target: address,
    };
    let [common, own] = description.instructions;
    // SAFETY: both are whole programs of the table.
    unsafe {
        machine.run(common)?;
        machine.initial = machine.row;
        machine.location = description.function_start;
        machine.run(own)?;
    }
    Some(machine.row)
}

impl Machine<'_> {
    /// # Safety
    /// The bytes must be call frame instructions.
    unsafe fn run(&mut self, (start, end): (*const u8, *const u8)) -> Option<()> {
        let mut reader = Reader(start);
        while reader.0 < end {
            // SAFETY: another instruction follows.
            if unsafe { self.step(&mut reader) }? {
                break;
            }
        }
        Some(())
    }

    /// Runs one instruction; true if the next row lies behind the target.
    ///
    /// # Safety
    /// The reader must stand at an instruction.
    unsafe fn step(&mut self, reader: &mut Reader) -> Option<bool> {
        // SAFETY: operands follow as each instruction says.
        unsafe {
            let opcode: u8 = reader.read();
            let low = u64::from(opcode & 0x3f);
            match opcode >> 6 {
                1 => return Some(self.advance(low)),
                2 => {
                    let offset = self.factored(reader.uleb() as i64);
                    self.row.set(low, Rule::Saved(offset));
                    return Some(false);
                }
                3 => {
                    self.row.set(low, self.initial.get(low));
                    return Some(false);
                }
                _ => {}
            }
            match opcode {
                0x00 => {}                                                      // nop
                0x01 => self.location = reader.pointer(0, 0, 0)?,               // set_loc
                0x02 => return Some(self.advance(reader.read::<u8>().into())),  // advance_loc1
                0x03 => return Some(self.advance(reader.read::<u16>().into())), // advance_loc2
                0x04 => return Some(self.advance(reader.read::<u32>().into())), // advance_loc4
                0x05 => self.save(reader.uleb(), reader.uleb() as i64),         // offset_extended
                0x06 => {
                    let register = reader.uleb(); // restore_extended
                    self.row.set(register, self.initial.get(register));
                }
                0x07 => self.row.set(reader.uleb(), Rule::Undefined), // undefined
                0x08 => self.row.set(reader.uleb(), Rule::Same),      // same_value
                0x09 => self.row.set(reader.uleb(), Rule::Register(reader.uleb() as usize)), // register
                0x0a => {
                    *self.remembered.get_mut(self.depth)? = self.row; // remember_state
                    self.depth += 1;
                }
                0x0b => {
                    self.depth = self.depth.checked_sub(1)?; // restore_state
                    self.row = *self.remembered.get(self.depth)?;
                }
                0x0c => self.row.cfa = Cfa::Register(reader.uleb() as usize, reader.uleb() as i64), // def_cfa
                0x0d => self.set_cfa_register(reader.uleb() as usize)?,                             // def_cfa_register
                0x0e => self.set_cfa_offset(reader.uleb() as i64)?,                                 // def_cfa_offset
                0x0f => self.row.cfa = Cfa::Expression(block(reader)), // def_cfa_expression
                0x10 => self.row.set(reader.uleb(), Rule::SavedAt(block(reader))), // expression
                0x11 => self.save(reader.uleb(), reader.sleb()),       // offset_extended_sf
                0x12 => {
                    let register = reader.uleb() as usize; // def_cfa_sf
                    self.row.cfa = Cfa::Register(register, self.factored(reader.sleb()));
                }
                0x13 => {
                    let offset = self.factored(reader.sleb()); // def_cfa_offset_sf
                    self.set_cfa_offset(offset)?;
                }
                0x14 => {
                    let register = reader.uleb(); // val_offset
                    self.row.set(register, Rule::Offset(self.factored(reader.uleb() as i64)));
                }
                0x15 => {
                    let register = reader.uleb(); // val_offset_sf
                    self.row.set(register, Rule::Offset(self.factored(reader.sleb())));
                }
                0x16 => self.row.set(reader.uleb(), Rule::Value(block(reader))), // val_expression
                0x2e => drop(reader.uleb()),                                     // GNU_args_size
                _ => return None,
            }
        }
        Some(false)
    }

    fn advance(&mut self, units: u64) -> bool {
        let next = self.location.wrapping_add((units * self.description.code_alignment) as usize);
        if next > self.target {
            return true;
        }
        self.location = next;
        false
    }

    fn factored(&self, offset: i64) -> i64 {
        offset.wrapping_mul(self.description.data_alignment)
    }

    fn save(&mut self, register: u64, offset: i64) {
        self.row.set(register, Rule::Saved(self.factored(offset)));
    }

    fn set_cfa_register(&mut self, register: usize) -> Option<()> {
        let Cfa::Register(_, offset) = self.row.cfa else { return None };
        self.row.cfa = Cfa::Register(register, offset);
        Some(())
    }

    fn set_cfa_offset(&mut self, offset: i64) -> Option<()> {
        let Cfa::Register(register, _) = self.row.cfa else { return None };
        self.row.cfa = Cfa::Register(register, offset);
        Some(())
    }
}

/// # Safety
/// A length and so many bytes must follow.
unsafe fn block(reader: &mut Reader) -> Bytes {
    // SAFETY: the caller's promise.
    let length = unsafe { reader.uleb() } as usize;
    let start = reader.0;
    reader.0 = start.wrapping_add(length);
    Bytes(start, length)
}
