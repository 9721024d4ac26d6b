//# walkdir
fn main() {
    let root = std::env::temp_dir().join(format!("walk-{}", std::process::id()));
    std::fs::create_dir_all(root.join("a/b")).unwrap(); std::fs::write(root.join("a/f"), "x").unwrap();
    for e in walkdir::WalkDir::new(&root).sort_by_file_name() { let e = e.unwrap(); println!("{} {}", e.depth(), e.path().strip_prefix(&root).unwrap().display()); }
    std::fs::remove_dir_all(&root).unwrap();
}
