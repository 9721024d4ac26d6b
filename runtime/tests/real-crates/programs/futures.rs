//# futures
use futures::{StreamExt, executor::block_on, stream};
fn main() { println!("{:?}", block_on(async { futures::join!(async { 1 }, stream::iter(1..5).map(|x| x * x).collect::<Vec<_>>()) })); }
