//# ordered-float
fn main() { let mut v = vec![2.5, -1.0, f64::NAN, 0.0].into_iter().map(ordered_float::OrderedFloat).collect::<Vec<_>>(); v.sort(); println!("{v:?}"); }
