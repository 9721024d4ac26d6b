//# anyhow
use anyhow::{Context, bail};
fn run() -> anyhow::Result<()> { let r: Result<u8, _> = "x".parse(); r.context("number")?; bail!("not here") }
fn main() { let e = run().unwrap_err(); println!("{e} | {e:#}"); for c in e.chain() { println!("{c}"); } }
