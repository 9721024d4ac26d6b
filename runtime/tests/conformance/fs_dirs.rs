//! Directories and links: making, listing, removing, canonical paths.
use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{self as unix, DirBuilderExt, DirEntryExt, MetadataExt, PermissionsExt};
use std::path::Path;

fn list(path: &str) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(path)?
        .map(|entry| {
            let entry = entry.unwrap();
            let same = entry.ino() == entry.metadata().unwrap().ino();
            (entry.file_name(), entry.path(), entry.file_type().unwrap(), entry.metadata().unwrap().len() > 0, same, format!("{entry:?}"))
        })
        .collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    println!("{path}: {entries:#?}");
    Ok(())
}

fn main() -> io::Result<()> {
    println!("{:?} {:?}", fs::create_dir("d"), fs::create_dir("d"));
    println!("{:?} {:?}", fs::create_dir("x/y"), fs::create_dir_all("d/e/f/g"));
    println!("{:?} {:?}", fs::create_dir_all("d/e/f"), fs::create_dir_all(""));
    fs::write("d/file", "content")?;
    println!("{:?} {:?}", fs::create_dir_all("d/file"), fs::create_dir_all("d/file/x"));
    println!("{:?}", DirBuilder::new().mode(0o700).create("private"));
    println!("{:o}", fs::metadata("private")?.permissions().mode());
    println!("{:?}", DirBuilder::new().recursive(true).create("private/a/b"));
    unix::symlink("file", "d/link")?;
    unix::symlink("nowhere", "d/dangling")?;
    unix::symlink("../d", "d/loop")?;
    list("d")?;
    println!("{:?} {:?}", fs::read_dir("none").err(), fs::read_dir("d/file").err());
    println!("{:?}", fs::read_dir("d")?);

    println!("{:?} {:?}", fs::read_link("d/link"), fs::read_link("d/file"));
    println!("{:?} {:?}", fs::metadata("d/link")?.is_file(), fs::symlink_metadata("d/link")?.is_symlink());
    println!("{:?} {:?}", fs::metadata("d/dangling").map_err(|e| e.kind()), fs::symlink_metadata("d/dangling").is_ok());
    println!("{:?} {:?}", fs::exists("d/dangling"), Path::new("d/dangling").is_symlink());
    println!("{:?} {:?}", fs::hard_link("d/file", "d/hard"), fs::metadata("d/file")?.nlink());
    println!("{:?}", fs::hard_link("d/none", "d/x"));
    let long = format!("{}x", "abcdefgh/".repeat(60));
    unix::symlink(&long, "long")?;
    println!("{}", fs::read_link("long")?.to_str() == Some(&*long));
    #[allow(deprecated)]
    fs::soft_link("d/file", "soft")?;
    println!("{:?}", fs::read_to_string("soft"));

    let here = std::env::current_dir()?;
    let show = |path: &str| match fs::canonicalize(path) {
        Ok(p) => println!("{path} -> {:?}", p.strip_prefix(&here)),
        Err(e) => println!("{path} -> {e}"),
    };
    fs::create_dir("real")?;
    fs::write("real/f", "")?;
    unix::symlink("real", "alias")?;
    unix::symlink("self", "self")?;
    unix::symlink(here.join("alias/f"), "absolute")?;
    for path in [".", "./d/../d/./file", "alias/f", "alias/..", "absolute", "self", "none", "d/file/", "d/file/.", "d/file/..", "alias/", "d//e///f", "soft", "d/loop/loop/file", ""] {
        show(path);
    }
    println!("{:?} {:?}", fs::canonicalize("/"), fs::canonicalize("/.."));
    println!("{:?}", fs::canonicalize("a\0"));

    println!("{:?} {:?}", fs::remove_dir("d"), fs::remove_dir("d/file"));
    println!("{:?} {:?}", fs::remove_dir("d/e/f/g"), fs::remove_dir("none"));
    fs::create_dir_all("outside/keep")?;
    unix::symlink("../outside", "d/trap")?;
    println!("{:?} {:?}", fs::remove_dir_all("d"), Path::new("d").exists());
    println!("{:?} {:?}", fs::exists("outside/keep"), fs::remove_dir_all("none").map_err(|e| e.kind()));
    println!("{:?} {:?}", fs::remove_dir_all("alias"), fs::exists("real/f"));
    println!("{:?} {:?}", fs::remove_dir_all("real/f"), fs::exists("real/f"));
    fs::create_dir("many")?;
    for i in 0..2000 {
        File::create(format!("many/file-with-a-rather-long-name-{i}"))?;
    }
    println!("{} {:?}", fs::read_dir("many")?.count(), fs::remove_dir_all("many"));
    println!("{:?} {:?}", unix::chown(".", None, None), unix::lchown("absolute", None, None));
    println!("{:?}", unix::fchown(File::open(".")?, None, None));
    // What is left is compared by following links.
    for link in ["absolute", "self", "long", "soft"] {
        fs::remove_file(link)?;
    }
    Ok(())
}
