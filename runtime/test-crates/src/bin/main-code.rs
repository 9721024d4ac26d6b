//! A main that returns an exit code, in a result, ends with it.
//# status: 200
#![no_std]
#![no_main]

use fullrust::rt::ExitCode;

fn main() -> Result<ExitCode, &'static str> {
    Ok(ExitCode::from(200))
}

fullrust::entry!(main);
