//! An `Err` from `main` is printed and gives status 1.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    print!("before ");
    "x1".parse::<i32>()?;
    Ok(())
}
