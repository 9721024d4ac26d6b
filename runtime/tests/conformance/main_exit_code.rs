//! `ExitCode`.
use std::process::{ExitCode, Termination};
fn main() -> Result<ExitCode, std::fmt::Error> {
    println!("{:?} {:?} {:?} {}", ExitCode::SUCCESS, ExitCode::FAILURE, ExitCode::from(3), ExitCode::default() == ExitCode::SUCCESS);
    println!("{:?} {:?}", ().report(), Ok::<(), i32>(()).report());
    Ok(ExitCode::from(42))
}
