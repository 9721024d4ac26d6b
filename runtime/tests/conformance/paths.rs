//! Paths and the texts of the system, which are bytes.
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::*;

const PATHS: [&str; 30] = [
    "", "/", "//", "///a", ".", "..", "./", "./a", "a", "a/", "a//b", "a/b/", "/a/b.c", "a/.b", "a/.b.c", "a/b.",
    "a/b..c", "a/..", "../a", "a/./b", "./.", "/.", "/..", "a/.", ".a/b", "a.tar.gz", "/a/../b", "a/b/c/d", "é/ü.ö",
    " a / b ",
];

pub fn taking_apart() {
    for text in PATHS {
        let path = Path::new(text);
        println!("{text:?} {:?} {:?} {:?}", path.parent(), path.file_name(), path.has_root());
        println!("{:?} {:?} {:?}", path.file_stem(), path.extension(), path.file_prefix());
        println!("{:?}", path.components().collect::<Vec<_>>());
        println!("{:?}", path.components().rev().collect::<Vec<_>>());
        println!("{:?} {:?}", path.iter().collect::<Vec<_>>(), path.ancestors().collect::<Vec<_>>());
        println!("{} {} {:?}", path.is_absolute(), path.is_relative(), path.display().to_string());
        let mut parts = path.components();
        parts.next();
        println!("{:?} {:?}", parts.as_path(), {
            parts.next_back();
            parts.as_path()
        });
    }
}

pub fn putting_together() {
    for text in PATHS {
        for add in ["", "x", "/y", "../z", "w/", "."] {
            println!("{:?} {:?}", Path::new(text).join(add), {
                let mut p = PathBuf::from(text);
                p.push(add);
                p
            });
        }
        let mut path = PathBuf::from(text);
        println!("{:?} {:?}", path.pop(), path);
        for name in ["n", "n.m", "", "a/b"] {
            println!("{:?}", Path::new(text).with_file_name(name));
        }
        for extension in ["e", "", "f.g", "é"] {
            println!(
                "{:?} {:?}",
                Path::new(text).with_extension(extension),
                Path::new(text).with_added_extension(extension)
            );
            let mut path = PathBuf::from(text);
            println!("{} {path:?}", path.set_extension(extension));
            let mut path = PathBuf::from(text);
            println!("{} {path:?}", path.add_extension(extension));
        }
    }
    println!("{:?} {:?}", ["a", "/b", "c"].iter().collect::<PathBuf>(), PathBuf::from_iter(["x", "y"]));
    let mut path = PathBuf::new();
    path.extend(["a", "b"]);
    println!("{path:?} {:?} {:?}", path.capacity() >= 3, PathBuf::with_capacity(10).as_os_str());
}

pub fn extension_with_a_slash() {
    PathBuf::from("a").set_extension("b/c");
}

pub fn comparing() {
    for a in PATHS {
        let ordering: Vec<_> = PATHS.iter().map(|b| Path::new(a).cmp(Path::new(b)) as i8).collect();
        println!("{a:?} {ordering:?}");
        println!("{:?}", PATHS.iter().map(|b| Path::new(a).starts_with(b)).collect::<Vec<_>>());
        println!("{:?}", PATHS.iter().map(|b| Path::new(a).ends_with(b)).collect::<Vec<_>>());
        println!("{:?}", PATHS.iter().map(|b| Path::new(a).strip_prefix(b).ok()).collect::<Vec<_>>());
    }
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    for a in PATHS {
        println!("{a:?} {:x} {:x}", hasher.hash_one(Path::new(a)), hasher.hash_one(OsStr::new(a)));
    }
    println!("{} {}", Path::new("a/b") == Path::new("a//b/."), *Path::new("a") == PathBuf::from("a"));
    println!(
        "{} {} {}",
        PathBuf::from("a") == *Path::new("a"),
        Path::new("x") == OsStr::new("x"),
        OsString::from("x") == "x"
    );
    println!("{:?} {:?}", Path::new("a") < Path::new("b"), OsStr::new("a").partial_cmp("b"));
}

pub fn bytes_that_are_not_text() {
    let odd = OsStr::from_bytes(b"a\xffb/c\xc3\x28.d\xe2\x82");
    let path = Path::new(odd);
    println!("{odd:?} {path:?} {} {:?}", path.display(), odd.to_str());
    println!("{} {:?} {:?}", odd.to_string_lossy(), path.file_name(), path.extension());
    println!("{:?} {:?}", OsString::from_vec(vec![0xff]).into_string(), OsString::from("ok").into_string());
    println!(
        "{:?} {} {:>10}|{:<5}|{:.2}",
        odd.display(),
        odd.display(),
        Path::new("x").display(),
        Path::new("y").display(),
        Path::new("zzz").display()
    );
    for text in [&b"zzz"[..], b"a\xffb", b"", b"\xff", "\u{e9}\u{e9}".as_bytes()] {
        let shown = Path::new(OsStr::from_bytes(text)).display();
        println!(
            "{shown:10}|{shown:>10}|{shown:^10}|{shown:*<10}|{shown:.2}|{shown:10.2}|{shown:.0}|{shown:?}|{shown:#?}"
        );
    }
    println!("{:?} {:?}", odd.len(), odd.as_encoded_bytes());
    println!("{:?}", OsString::from_vec(b"x\xffy".to_vec()).into_vec());
    println!("{:?} {:?}", path.to_str(), path.to_string_lossy());
    println!("{:?}", PathBuf::from(OsString::from_vec(b"\xf0\x9f".to_vec())));
    println!("{:?} {:?}", OsStr::from_bytes(b"tab\there\x7f\x00\n\"'\\"), OsStr::new("\u{200b}\u{301}é"));
}

pub fn os_strings() {
    let mut text = OsString::with_capacity(10);
    text.push("ab");
    text.push(OsStr::new("C"));
    println!("{text:?} {} {} {:?}", text.len(), text.is_empty(), text.capacity() >= 10);
    println!("{:?} {:?} {}", text.to_ascii_lowercase(), text.to_ascii_uppercase(), text.eq_ignore_ascii_case("ABc"));
    text.make_ascii_uppercase();
    println!("{text:?} {} {:?}", text.is_ascii(), text.clone().into_boxed_os_str());
    text.reserve(100);
    text.reserve_exact(100);
    println!("{:?} {:?}", text.try_reserve(5), text.try_reserve_exact(usize::MAX).is_err());
    text.shrink_to_fit();
    text.shrink_to(0);
    text.clear();
    println!("{text:?} {:?} {:?}", OsString::new(), OsString::default());
    println!("{:?} {:?}", OsStr::new("x").to_os_string(), OsString::from("y").into_encoded_bytes());
    println!("{:?} {:?}", Cow::from(OsStr::new("c")), OsString::from(Cow::Borrowed(OsStr::new("d"))));
    println!("{:?}", ["a", "b"].iter().map(OsStr::new).collect::<OsString>());
    println!(
        "{:?} {:?}",
        OsString::from(Box::<OsStr>::from(OsStr::new("e"))),
        std::rc::Rc::<OsStr>::from(OsStr::new("f"))
    );
    println!("{:?}", "parsed".parse::<OsString>());
    println!(
        "{:?} {:?}",
        std::sync::Arc::<Path>::from(Path::new("g")),
        Box::<Path>::from(Path::new("h")).into_path_buf()
    );
    println!("{:?}", std::mem::size_of::<Option<OsString>>());
    use std::fmt::Write;
    let mut formatted = OsString::new();
    println!("{:?} {formatted:?}", write!(formatted, "{}-{}", 1, 2));
}

pub fn conversions() {
    println!("{:?} {:?}", Cow::<Path>::from(Path::new("a")), Cow::<Path>::from(PathBuf::from("b")));
    println!("{:?} {:?}", PathBuf::from(Cow::Borrowed(Path::new("c"))), Box::<Path>::from(Path::new("d")));
    println!("{:?} {:?}", String::from("e").parse::<PathBuf>(), OsString::from(PathBuf::from("f")));
    println!("{:?}", AsRef::<Path>::as_ref(&Component::Normal(OsStr::new("g"))).to_owned());
    println!("{:?} {:?}", Component::RootDir.as_os_str(), Component::ParentDir.as_os_str());
    println!("{:?} {:?}", Component::CurDir.as_os_str(), Component::RootDir < Component::ParentDir);
    println!("{:?} {:?} {:?}", MAIN_SEPARATOR, MAIN_SEPARATOR_STR, is_separator('\\'));
    println!("{:?}", PathBuf::from("x").into_boxed_path());
    println!("{:?} {:?}", Path::new("a/b").iter(), Path::new("a/b").components());
    println!("{:?} {:?}", Path::new("a").ancestors(), Path::new("/a").strip_prefix("/b"));
    println!("{:?}", Path::new("a").to_path_buf().into_os_string());
    println!("{}", std::panic::catch_unwind(|| ()).is_ok());
}
