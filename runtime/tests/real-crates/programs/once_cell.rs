//# once_cell
static X: once_cell::sync::Lazy<Vec<u8>> = once_cell::sync::Lazy::new(|| { println!("made"); vec![1] });
fn main() { println!("{:?} {:?}", *X, *X); }
