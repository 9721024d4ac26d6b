//! Everything about paths that needs no file system.
use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::ffi::{OsStr, OsString};
use std::hash::{Hash, Hasher};
use std::path::{self, Component, Path, PathBuf, MAIN_SEPARATOR, MAIN_SEPARATOR_STR};
use std::rc::Rc;
use std::sync::Arc;

fn hash(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}

fn main() {
    let paths = [
        "", "/", "//", "///", ".", "./", "..", "../", "/.", "/..", "a", "a/", "a//", "/a", "a/b", "a//b", "a/./b", "./a", "././a",
        "a/.", "a/..", "a/../b", "/a/b/c.txt", "c.tar.gz", ".hidden", ".hidden.txt", "..a", "a.", "a..", "...", "foo/.bar/", "ä/ö.ü",
        "/a/./b/../c/", "a b/c d", "./.", "//a", "x/./",
    ];
    for text in paths {
        let p = Path::new(text);
        println!("== {p:?} {}", p.display());
        println!("{:?}", p.components().collect::<Vec<_>>());
        println!("{:?}", p.components().rev().collect::<Vec<_>>());
        println!("{:?} {:?}", p.iter().collect::<Vec<_>>(), p.components());
        println!("{:?} {:?} {:?} {:?}", p.parent(), p.file_name(), p.file_stem(), p.extension());
        println!("{:?} {} {} {}", p.file_prefix(), p.is_absolute(), p.is_relative(), p.has_root());
        println!("{:?}", p.ancestors().collect::<Vec<_>>());
        println!("{:?} {:?} {:?}", p.with_file_name("new"), p.with_extension("ext"), p.with_extension(""));
        println!("{:?} {:?} {:?}", p.with_added_extension("x"), p.join("j"), p.join("/j"));
        let mut components = p.components();
        components.next();
        println!("{:?}", components.as_path());
        components.next_back();
        println!("{:?} {:?}", components.as_path(), components.as_path().as_os_str());
        let mut buf = p.to_path_buf();
        println!("{} {buf:?}", buf.pop());
        println!("{} {buf:?}", buf.set_extension("q"));
        buf.set_file_name("name");
        println!("{buf:?} {}", buf.add_extension("zz"));
        buf.push("x/y");
        println!("{buf:?}");
        for other in ["", "/", "a", "a/b", "./a", "/a", ".."] {
            let o = Path::new(other);
            print!("{}{}{} {:?} {:?}; ", p.starts_with(o) as u8, p.ends_with(o) as u8, (p == o) as u8, p.cmp(o), p.strip_prefix(o));
        }
        println!();
    }
    println!("{} {}", hash(Path::new("a//b/./c/")) == hash(Path::new("a/b/c")), hash(Path::new("a/b")) == hash(Path::new("ab")));
    println!("{} {}", Path::new("a/b/") == Path::new("a//b"), Path::new("./a") == Path::new("a"));
    println!("{MAIN_SEPARATOR} {MAIN_SEPARATOR_STR} {} {}", path::is_separator('/'), path::is_separator('\\'));
    println!("{}", Path::new("a").strip_prefix("b").unwrap_err());

    let collected: PathBuf = ["a", "b", "/c", "d"].iter().collect();
    let mut extended = PathBuf::from("x");
    extended.extend([Path::new("y"), Path::new("z")]);
    println!("{collected:?} {extended:?} {:?}", "p/q".parse::<PathBuf>());
    println!("{:?} {:?}", PathBuf::from(OsString::from("o")), PathBuf::from(String::from("s")));
    println!("{:?} {:?}", Box::<Path>::from(Path::new("b")), Rc::<Path>::from(PathBuf::from("r")));
    println!("{:?} {:?}", Arc::<Path>::from(Path::new("a")), Cow::from(Path::new("c")).into_owned());
    println!("{:?} {:?}", Path::new("b").to_path_buf().into_boxed_path().into_path_buf(), Path::new("i").to_path_buf().into_os_string());
    println!("{} {} {}", Path::new("a") == OsStr::new("a"), PathBuf::from("a") == *Path::new("a"), OsString::from("a") == PathBuf::from("a"));
    println!("{} {}", Cow::from(Path::new("a")) == PathBuf::from("a"), Path::new("a") < OsStr::new("b"));
    println!("{:?}", Path::new("/a/b").iter().rev().map(|s| s.len()).sum::<usize>());
    for (i, part) in PathBuf::from("1/2/3").iter().enumerate() {
        print!("{i}{part:?} ");
    }
    for part in &PathBuf::from("1/2") {
        print!("{part:?} ");
    }
    println!();
    let mut buf = PathBuf::with_capacity(10);
    buf.push("abc");
    println!("{} {:?}", buf.capacity() >= 10, buf.as_mut_os_string());
    buf.as_mut_os_str().make_ascii_uppercase();
    println!("{buf:?} {:?}", buf.as_path());
    buf.clear();
    buf.reserve(100);
    buf.shrink_to_fit();
    println!("{:?} {:?}", buf.try_reserve(3), PathBuf::default());
    println!("{buf:?}");
    println!("{:?}", PathBuf::from("leak").leak());
    println!("{:?} {:?}", Component::Normal(OsStr::new("n")).as_os_str(), Component::ParentDir < Component::RootDir);
    println!("{:?}", Component::CurDir.as_ref() as &Path);
    std::env::set_current_dir("/usr").unwrap();
    for text in ["", ".", "a", "./a/../b", "/", "//x", "///x", "/a/./b/", "a/"] {
        println!("{:?}", path::absolute(text));
    }
    println!("{:>10}|{:<6}|", Path::new("abc").display(), Path::new("d").display());
    println!("{:?}", std::panic::catch_unwind(|| 1).is_ok());
    Path::new("a").with_extension("x/y");
}
