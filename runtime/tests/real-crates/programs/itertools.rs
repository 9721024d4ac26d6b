//# itertools
use itertools::Itertools;
fn main() {
    println!("{}", (1..6).combinations(2).map(|c| c.iter().join("+")).join(" "));
    println!("{:?}", [3, 1, 2].iter().sorted().dedup().collect_vec());
}
