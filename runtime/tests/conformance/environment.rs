//! Arguments, variables, folders of the process.
use std::env;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

// run: $P "" "two words" "$(printf 'tab\there')" "ünïcode" 'quote"'
pub fn arguments() {
    let mut args = env::args();
    println!("{} {:?}", args.len(), args.size_hint());
    println!("{:?}", args.next().unwrap().is_empty());
    println!("{:?} {:?} {:?}", args.next_back(), args.nth(1), args.len());
    println!("{:?}", args);
    println!("{:?}", env::args_os().skip(1).rev().collect::<Vec<_>>());
    println!("{}", format!("{:?}", env::args_os().skip(2)).len() > 10);
}

// run: $P ok "$(printf 'bad\377')" after
pub fn arguments_that_are_not_text() {
    println!("{:?}", env::args_os().skip(1).map(|arg| arg.into_string()).collect::<Vec<_>>());
    println!("{:?}", env::args_os().nth(3).unwrap().as_bytes());
}

// run: $P "$(printf 'bad\377')"
pub fn arguments_that_are_not_text_panic() {
    println!("{:?}", env::args().nth(1));
    println!("{:?}", env::args().count());
}

// run: bash -c "exec -a renamed $P"
pub fn name_of_the_program() {
    println!("{:?}", env::args().next());
    println!(
        "{:?}",
        env::current_exe()
            .unwrap()
            .file_name()
            .map(|n| n.to_string_lossy().ends_with("real") || n.to_string_lossy().ends_with("ours"))
    );
}

// run: env -i A=1 B= C==x "D E=with space" $P
pub fn variables() {
    println!("{:?}", env::vars().collect::<Vec<_>>());
    println!("{:?} {:?} {:?} {:?}", env::var("A"), env::var("B"), env::var("C"), env::var("D E"));
    println!("{:?} {:?} {:?}", env::var("NONE"), env::var(""), env::var("A=1"));
    println!("{:?} {:?}", env::var_os("A"), env::var_os("a"));
    println!("{:?} {:?}", env::vars().size_hint(), env::vars_os());
}

// run: env -i "$(printf 'K\377=v')" "V=$(printf 'x\377')" $P
pub fn variables_that_are_not_text() {
    println!("{:?}", env::vars_os().collect::<Vec<_>>());
    println!("{:?} {:?}", env::var("V"), env::var_os("V"));
    println!("{}", env::var("V").unwrap_err());
    println!("{:?}", env::var_os(OsStr::from_bytes(b"K\xff")));
    println!("{:?}", std::panic::catch_unwind(|| 0).is_ok());
    println!("{:?}", env::vars().count());
}

// run: env -i $P
pub fn no_variables() {
    println!("{:?} {:?}", env::vars().count(), env::var_os("PATH"));
    println!("{:?} {:?}", env::temp_dir(), std::process::Command::new("true").status().map(|s| s.success()));
}

pub fn changing() {
    unsafe {
        env::set_var("NEW", "1");
        println!("{:?}", env::var("NEW"));
        env::set_var("NEW", "2");
        env::set_var("EMPTY", "");
        println!("{:?} {:?}", env::var("NEW"), env::var("EMPTY"));
        env::set_var(OsStr::from_bytes(b"\xff"), OsStr::from_bytes(b"\xfe"));
        println!("{:?}", env::var_os(OsStr::from_bytes(b"\xff")));
        env::remove_var("NEW");
        env::remove_var("NEVER");
        println!("{:?} {:?}", env::var("NEW"), env::vars_os().any(|(k, _)| k == "EMPTY"));
    }
    println!("{:?}", std::process::Command::new("sh").arg("-c").arg("echo \"[$EMPTY]$NEW\"").output().unwrap().stdout);
}

pub fn set_empty_key() {
    unsafe { env::set_var("", "x") };
}

pub fn set_key_with_equals() {
    unsafe { env::set_var("a=b", "x") };
}

pub fn set_value_with_nul() {
    unsafe { env::set_var("a", "x\0y") };
}

pub fn remove_empty_key() {
    unsafe { env::remove_var("") };
}

pub fn remove_key_with_nul() {
    unsafe { env::remove_var("a\0") };
}

pub fn from_many_threads() {
    std::thread::scope(|scope| {
        for i in 0..4 {
            scope.spawn(move || {
                for round in 0..200 {
                    unsafe { env::set_var(format!("T{i}"), round.to_string()) };
                    assert_eq!(env::var(format!("T{i}")), Ok(round.to_string()));
                }
            });
        }
        scope.spawn(|| (0..200).for_each(|_| assert!(env::vars_os().count() > 0)));
    });
    println!("{:?}", (0..4).map(|i| env::var(format!("T{i}"))).collect::<Vec<_>>());
}

// run: mkdir -p sub; cd sub; $P
pub fn current_folder() {
    println!("{:?}", env::current_dir().unwrap().file_name());
    println!("{:?} {:?}", env::set_current_dir(".."), std::path::Path::new("sub").is_dir());
    println!("{:?}", env::set_current_dir("none").map_err(|e| (e.kind(), e.to_string())));
    println!("{:?}", env::set_current_dir("a\0b").map_err(|e| (e.kind(), e.to_string())));
    println!("{:?} {:?}", env::set_current_dir("/"), env::current_dir());
}

pub fn current_folder_with_a_long_path() {
    let name = "n".repeat(250);
    let top = env::current_dir().unwrap();
    for _ in 0..20 {
        std::fs::create_dir(&name).unwrap();
        env::set_current_dir(&name).unwrap();
    }
    let found = env::current_dir().unwrap();
    println!("{:?}", found.strip_prefix(&top).map(|rest| rest.iter().filter(|part| **part == *name).count()));
    println!("{:?}", std::path::absolute("x").map(|path| path == found.join("x")));
    println!("{:?}", env::set_current_dir(&found).map_err(|e| e.kind()));
    env::set_current_dir(&top).unwrap();
    std::fs::remove_dir_all(&name).unwrap();
}

// run: mkdir gone; cd gone; rmdir ../gone; $P
pub fn current_folder_is_gone() {
    println!("{:?}", env::current_dir().map_err(|e| (e.kind(), e.to_string())));
    println!("{:?}", std::fs::canonicalize(".").map_err(|e| e.kind()));
    println!("{:?}", std::path::absolute("x").map_err(|e| e.kind()));
}

// run: TMPDIR=/some/where HOME=/my/home $P; HOME= TMPDIR= $P; env -u HOME -u TMPDIR $P
pub fn special_folders() {
    #[allow(deprecated)]
    let home = env::home_dir();
    println!("{:?} {home:?}", env::temp_dir());
}

pub fn lists_of_paths() {
    for text in ["", "a", "a:b", ":", "a::b", "/x:/y:", "\u{e9}:b"] {
        let parts: Vec<_> = env::split_paths(text).collect();
        println!("{text:?} {parts:?} {:?}", env::join_paths(&parts).map_err(|e| e.to_string()));
    }
    println!("{:?}", env::join_paths(["a", "b:c"]).map_err(|e| (e.to_string(), format!("{e:?}"))));
    println!("{:?} {:?}", env::join_paths(Vec::<OsString>::new()), env::join_paths([""]));
    println!("{:?}", env::split_paths(&OsString::from_vec(b"a\xff:b".to_vec())).collect::<Vec<_>>());
    println!("{:?}", env::split_paths("a:b").size_hint());
}

pub fn constants() {
    use env::consts::*;
    println!("{ARCH} {OS} {FAMILY} {DLL_PREFIX} {DLL_SUFFIX} {DLL_EXTENSION} {EXE_SUFFIX:?} {EXE_EXTENSION:?}");
    println!("{}", std::process::id() > 1);
    println!("{:?} {:?}", option_env!("NO_SUCH_VARIABLE_AT_ALL"), cfg!(unix));
    println!("{:?}", cfg!(target_family = "unix") && cfg!(target_os = "linux") && cfg!(target_env = "gnu"));
}
