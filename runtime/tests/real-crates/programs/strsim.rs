//# strsim
fn main() { println!("{} {:.6} {}", strsim::levenshtein("kitten", "sitting"), strsim::jaro_winkler("dixon", "dicksonx"), strsim::damerau_levenshtein("ab", "ba")); }
