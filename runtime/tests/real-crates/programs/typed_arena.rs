//# typed-arena
fn main() { let a = typed_arena::Arena::new(); let x = a.alloc(1); *x += 1; println!("{x} {}", a.len()); }
