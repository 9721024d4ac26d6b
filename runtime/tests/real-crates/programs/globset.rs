//# globset
fn main() { let s = globset::GlobSetBuilder::new().add(globset::Glob::new("**/*.{rs,toml}").unwrap()).build().unwrap(); println!("{} {}", s.is_match("a/b.rs"), s.is_match("a/b.c")); }
