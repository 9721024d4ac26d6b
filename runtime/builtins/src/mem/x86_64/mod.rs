//! x86-64: SSE2 up to 128 bytes, beyond that AVX where the processor has it, non-temporal stores where a block does not
//! fit the caches. The choice is made on the first long call, for asking the processor is slow under a hypervisor.

mod compare;
pub(super) mod features;
mod fill;
mod length;
mod movement;

pub use compare::{bcmp, memcmp};
pub use fill::memset;
pub use length::strlen;
pub use movement::{memcpy, memmove};
