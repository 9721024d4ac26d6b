#!/bin/sh
# An ordinary program on the real standard library, linked statically with the C library, with debug information: what a linker sees
# of a middle-sized Rust program. Its two dozen crates are generated.
set -eu
cd "$WORK"
mkdir -p src
{
    printf '[workspace]\n[package]\nname = "many"\nversion = "0.1.0"\nedition = "2021"\n[profile.dev]\npanic = "abort"\n[dependencies]\n'
    for i in $(seq 1 24); do printf 'part%d = { path = "part%d" }\n' "$i" "$i"; done
} >Cargo.toml
{
    echo 'fn main() { let mut sum = 0u64;'
    for i in $(seq 1 24); do echo "sum += part$i::run(std::env::args().count() as u64);"; done
    echo 'println!("{sum}"); }'
} >src/main.rs
for i in $(seq 1 24); do
    mkdir -p "part$i/src"
    printf '[package]\nname = "part%d"\nversion = "0.1.0"\nedition = "2021"\n' "$i" >"part$i/Cargo.toml"
    {
        echo 'use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};'
        for j in $(seq 1 5); do
            echo "#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)] pub enum E$j { A(u64), B(String), C { x: Vec<u8> } }"
            echo "pub fn f$j(n: u64) -> u64 { let mut m: HashMap<E$j, BTreeMap<String, E$j>> = HashMap::new(); let mut q = VecDeque::new();"
            echo "  for i in 0..n { m.entry(E$j::A(i)).or_default().insert(format!(\"{i}-$i-$j\"), E$j::B(i.to_string())); q.push_back(E$j::C { x: vec![i as u8] }); }"
            echo "  let s: HashSet<E$j> = q.into_iter().collect(); let mut v: Vec<_> = m.into_iter().collect(); v.sort(); format!(\"{v:?}{s:?}\").len() as u64 }"
        done
        echo 'pub fn run(n: u64) -> u64 { 0'
        for j in $(seq 1 5); do echo "+ f$j(n)"; done
        echo '}'
    } >"part$i/src/lib.rs"
done
RUSTFLAGS="-C linker=gcc -C link-arg=-B$RECORDER_FOLDER -C target-feature=+crt-static -C relocation-model=static" \
    cargo build -q --offline --target x86_64-unknown-linux-gnu --target-dir "$WORK/target"
