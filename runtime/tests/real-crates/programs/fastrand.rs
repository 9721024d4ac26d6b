//# fastrand
fn main() { let r = fastrand::Rng::with_seed(4); println!("{:?}", (0..5).map(|_| r.u32(..100)).collect::<Vec<_>>()); }
