//! A main that returns an error prints it and ends with status 1.
//# status: 1
//# stderr: Error: "no luck"
#![no_std]
#![no_main]

fn main() -> Result<(), &'static str> {
    Err("no luck")
}

fullrust::entry!(main);
