//# toml
fn main() { let v: toml::Value = "a = 1\n[b]\nc = [1.5, 2]\n".parse().unwrap_or(toml::Value::Integer(0)); println!("{v:?}"); println!("{}", toml::to_string(&vec![("x", 1)].into_iter().collect::<std::collections::BTreeMap<_, _>>()).unwrap()); }
