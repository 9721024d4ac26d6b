//! Numbers, text, hashes, maps and times at their edges.
use std::collections::hash_map::{Entry, HashMap};
use std::collections::*;
use std::ffi::{OsStr, OsString};
use std::hash::*;
use std::time::*;

pub fn floats_as_text() {
    for text in [
        "0",
        "-0",
        "1e308",
        "1e309",
        "-1e309",
        "4.9e-324",
        "2e-324",
        "inf",
        "-Infinity",
        "NaN",
        "nan",
        "+1.5",
        ".5",
        "5.",
        ".",
        "",
        "1e",
        "e1",
        "1_0",
        "0x1p3",
        " 1",
        "1 ",
        "9007199254740993",
        "123456789012345678901234567890e-10",
        "1e-400",
        "infinit",
        "--1",
    ] {
        println!(
            "{text:?} {:?} {:?}",
            text.parse::<f64>().map_err(|e| e.to_string()),
            text.parse::<f32>().map_err(|e| e.to_string())
        );
    }
    for x in [
        0.1,
        -0.0,
        1e15,
        1e16,
        1e-5,
        1e-7,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        f64::NAN,
        f64::NEG_INFINITY,
        0.5,
        1.5,
        2.5,
        1.005,
        999.9999,
    ] {
        println!(
            "{x} {x:?} {x:e} {x:E} {x:.0} {x:.2} {x:+} {x:010.3} {x:<12.1}| {x:^+12.1}| {x:?} {:?} {}",
            x as f32, x as f32
        );
    }
    println!("{:?} {:?} {:?}", 1e23, 1e21f32, 16777217f32);
    println!("{:.40} {:.20e}", 0.1, 0.1);
}

pub fn floats_that_are_rounded() {
    for x in [
        0.5,
        1.5,
        -0.5,
        -2.5,
        2.4999999999999996,
        4503599627370497.5,
        -1e300,
        f64::NAN,
        f64::INFINITY,
        -0.0,
        0.49999999999999994,
    ] {
        println!(
            "{x:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            x.round(),
            x.floor(),
            x.ceil(),
            x.trunc(),
            x.fract(),
            x.round_ties_even(),
            x.signum()
        );
        println!(
            "{:?} {:?} {:?} {:?} {:?}",
            x.rem_euclid(0.7),
            x.div_euclid(0.7),
            x.copysign(-1.0),
            x.mul_add(2.0, 1.0),
            x.sqrt().is_nan()
        );
        println!("{} {} {} {:?} {:?}", x as i8, x as u64, x as i128, x.to_bits(), x.total_cmp(&0.0));
    }
    println!("{:?} {:?} {:?}", f64::NAN.max(1.0), 1f64.min(f64::NAN), 2f64.powi(-1074));
    println!("{:?} {:?}", 1f64.hypot(f64::INFINITY), f64::NAN.powf(0.0));
    println!("{:?} {:?} {:?}", (-8f64).cbrt(), 0f64.atan2(-0.0), (-1f64).ln());
    println!("{:?}", 1.0f64.sin_cos().0.to_bits() == 1.0f64.sin().to_bits());
}

pub fn integers_as_text() {
    for text in ["255", "256", "-1", "+7", "", "-", "+", "00012", "0x1", "1 ", "٣", "-129", "-128"] {
        println!(
            "{text:?} {:?} {:?}",
            text.parse::<u8>().map_err(|e| (e.kind().clone(), e.to_string())),
            text.parse::<i8>().map_err(|e| e.to_string())
        );
    }
    println!("{:?} {:?}", i128::MIN, u128::MAX);
    println!("{:#x} {:#010b} {:o} {:X} {:+} {:#?}", -1i8, 5, -8i32, u64::MAX, 3, 9);
    println!("{:?} {:?}", i32::from_str_radix("-zz", 36), u16::from_str_radix("12", 2).map_err(|e| e.to_string()));
    println!("{:e} {:E} {:e}", 1234567, 100u64, i64::MIN);
    println!(
        "{:?} {:?} {:?}",
        "0".parse::<std::num::NonZero<u8>>().map_err(|e| e.to_string()),
        "x".parse::<bool>().map_err(|e| e.to_string()),
        "ab".parse::<char>().map_err(|e| e.to_string())
    );
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

pub fn hashes_of_everything() {
    println!("{:x} {:x} {:x} {:x}", hash(()), hash(0u8), hash(1u64), hash(-1i128));
    println!("{:x} {:x} {:x} {:x}", hash("text"), hash("text".to_string()), hash('c'), hash(true));
    println!("{:x} {:x} {:x}", hash([1u8, 2, 3]), hash(&[1u8, 2, 3][..]), hash(vec![1u8, 2, 3]));
    println!("{:x} {:x} {:x}", hash((1, "a", 'b')), hash(Some(1)), hash(None::<i32>));
    println!("{:x} {:x}", hash(Ok::<i32, i32>(1)), hash(Err::<i32, i32>(1)));
    println!("{:x} {:x} {:x}", hash(Box::new(5)), hash(std::rc::Rc::new(5)), hash(std::borrow::Cow::Borrowed("text")));
    println!("{:x} {:x}", hash(OsStr::new("text")), hash(OsString::from("text")));
    println!(
        "{:x} {:x} {:x}",
        hash(std::path::Path::new("a/b")),
        hash(std::path::Path::new("a//b/")),
        hash(std::path::Path::new("a/./b"))
    );
    println!("{:x} {:x}", hash(c"text"), hash(std::ffi::CString::new("text").unwrap()));
    println!("{:x} {:x}", hash(Duration::new(1, 2)), hash(UNIX_EPOCH));
    println!(
        "{:x} {:x}",
        hash("1.2.3.4".parse::<std::net::IpAddr>().unwrap()),
        hash("[::1]:80".parse::<std::net::SocketAddr>().unwrap())
    );
    println!("{:x} {:x}", hash(VecDeque::from([1, 2])), hash(BTreeMap::from([(1, 2)])));
    println!("{:x} {:x} {:x}", hash(LinkedList::from([1, 2])), hash(BTreeSet::from([3])), hash(std::cmp::Reverse(1)));
    println!("{:x} {:x} {:x}", hash(1..2), hash(1..=2), hash(std::ops::Bound::Included(1)));
    println!("{:x} {:x}", hash(std::cmp::Ordering::Less), hash(std::num::Wrapping(3)));
    println!("{:x} {:x}", hash(std::io::ErrorKind::NotFound), hash(std::any::TypeId::of::<i32>()) & 0);
    println!("{:x}", hash(std::fs::metadata("/").unwrap().file_type()));
    let mut hasher = DefaultHasher::default();
    for n in 0..40u8 {
        hasher.write(&vec![n; n.into()]);
        hasher.write_u32(n.into());
        println!("{:x}", hasher.finish());
    }
}

pub fn entries_of_maps() {
    let mut map: HashMap<String, i32> = HashMap::new();
    println!("{:?}", map.entry("a".into()));
    *map.entry("a".into()).or_insert(1) += 10;
    *map.entry("a".into()).or_default() += 100;
    println!("{:?}", map.entry("b".into()).or_insert_with_key(|key| key.len() as i32));
    println!("{:?}", map.entry("a".into()).key());
    map.entry("a".into()).and_modify(|value| *value *= 2).or_insert(7);
    println!("{:?}", map.entry("a".into()));
    match map.entry("a".into()) {
        Entry::Occupied(mut entry) => {
            println!("{} {} {entry:?}", entry.key(), entry.get());
            println!("{:?}", entry.insert(5));
            *entry.get_mut() += 1;
            println!("{:?}", entry.remove_entry());
        }
        Entry::Vacant(_) => println!("vacant"),
    }
    match map.entry("c".into()) {
        Entry::Vacant(entry) => {
            println!("{} {entry:?}", entry.key());
            println!("{:?}", entry.insert_entry(8));
        }
        Entry::Occupied(_) => println!("occupied"),
    }
    println!("{:?} {:?}", map.insert("c".into(), 9), map.remove("nothing"));
    println!("{:?}", map.get_key_value("c"));
    println!("{:?}", map.remove_entry("c"));
    if let Entry::Occupied(entry) = map.entry("b".into()) {
        *entry.into_mut() = -1;
    }
    println!("{map:?}");
    println!("{:?}", map.get_disjoint_mut(["b", "z"]));
    let mut taken: Vec<_> = HashMap::from([(1, 'a'), (2, 'b'), (3, 'c')]).extract_if(|key, _| key % 2 == 1).collect();
    taken.sort();
    println!("{taken:?}");
}

pub fn maps_that_grow_and_shrink() {
    let mut map = HashMap::with_capacity(100);
    println!("{} {}", map.capacity() >= 100, map.is_empty());
    map.extend((0..1000).map(|n| (n, n * n)));
    map.retain(|key, _| key % 10 == 0);
    println!("{} {:?}", map.len(), map.get(&990));
    map.shrink_to(200);
    println!("{}", map.capacity() >= 200 && map.capacity() < 1000);
    map.shrink_to_fit();
    println!("{} {}", map.capacity() >= 100, map.values().sum::<i32>());
    println!("{:?}", map.try_reserve(usize::MAX).map_err(|e| e.to_string()));
    println!("{:?} {}", map.drain().map(|(key, _)| key).sum::<i32>(), map.capacity() > 0);
    map.clear();
    let one: HashMap<_, _> = [(1, 2)].into();
    println!("{} {:?} {:?}", one == HashMap::from([(1, 2)]), one[&1], one.iter().size_hint());
    let (left, right): (HashSet<_>, HashSet<_>) = ((0..5).collect(), (3..8).collect());
    let sorted = |set: HashSet<i32>| BTreeSet::from_iter(set);
    println!(
        "{:?} {:?} {:?} {:?}",
        sorted(&left & &right),
        sorted(&left | &right),
        sorted(&left - &right),
        sorted(&left ^ &right)
    );
    println!(
        "{} {} {}",
        left.is_subset(&right),
        left.is_disjoint(&HashSet::from([9])),
        left.is_superset(&HashSet::from([1]))
    );
}

pub fn a_key_that_is_not_there() {
    println!("{}", HashMap::from([(1, 2)])[&3]);
}

pub fn spans() {
    for span in [
        Duration::ZERO,
        Duration::MAX,
        Duration::from_nanos(1),
        Duration::from_micros(1500),
        Duration::new(1, 999_999_999),
        Duration::from_millis(59_999),
    ] {
        println!(
            "{span:?} {span:.2?} {span:>12.1?}| {:?} {:?} {:?}",
            span.as_secs_f64(),
            span.as_secs_f32(),
            span.subsec_micros()
        );
        println!(
            "{:?} {:?} {:?}",
            span.checked_mul(3),
            span.checked_div(0),
            span.saturating_sub(Duration::from_secs(1))
        );
        println!(
            "{:?} {:?} {:?}",
            span.checked_add(Duration::from_nanos(1)),
            span.as_millis(),
            span.abs_diff(Duration::from_secs(60))
        );
    }
    println!(
        "{:?} {:?}",
        Duration::try_from_secs_f64(-1.0).map_err(|e| e.to_string()),
        Duration::try_from_secs_f64(1e20).map_err(|e| e.to_string())
    );
    println!(
        "{:?} {:?} {:?}",
        Duration::try_from_secs_f32(f32::NAN).is_err(),
        Duration::from_secs_f64(0.999999999499),
        Duration::from_secs_f64(2.7e-9)
    );
    println!("{:?} {:?}", Duration::from_secs(7).div_f64(3.0), Duration::from_secs(7).mul_f32(0.1));
    println!("{:?} {:?}", [Duration::from_millis(700); 3].iter().sum::<Duration>(), Duration::from_secs(10) / 3);
    println!("{:?}", Duration::from_secs(10).div_duration_f64(Duration::from_secs(4)));
}

pub fn points_in_time() {
    let early = UNIX_EPOCH - Duration::new(5, 1);
    println!("{early:?} {:?} {:?}", UNIX_EPOCH.duration_since(early), early.duration_since(UNIX_EPOCH));
    println!("{:?}", early.duration_since(UNIX_EPOCH).unwrap_err().duration());
    println!("{:?} {:?}", early + Duration::new(5, 1) == UNIX_EPOCH, early < UNIX_EPOCH);
    println!(
        "{:?} {:?}",
        UNIX_EPOCH.checked_add(Duration::MAX),
        UNIX_EPOCH.checked_sub(Duration::from_secs(i64::MAX as u64))
    );
    let edge = UNIX_EPOCH + Duration::new(i64::MAX as u64, 999_999_999);
    println!("{edge:?} {:?} {:?}", edge.checked_add(Duration::from_nanos(1)), edge.duration_since(early));
    println!("{:?}", early.elapsed().is_ok());
}

pub fn os_strings() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let odd = OsString::from_vec(b"a\xffb\xf0\x9f\x98\x80\xed\xa0\x80".to_vec());
    println!("{odd:?} {} {:?} {:?}", odd.display(), odd.to_str(), odd.to_string_lossy());
    println!("{:?} {:?}", odd.clone().into_string().map_err(|same| same == odd), odd.len());
    println!("{:?} {:?} {:?}", odd.to_ascii_uppercase(), odd.is_ascii(), odd.eq_ignore_ascii_case("A"));
    let mut text = OsString::with_capacity(10);
    text.push("a\0\n\"\\");
    text.push(OsStr::from_bytes(b"\xc3"));
    println!("{text:?} {:?} {}", text.as_bytes(), text.capacity() >= 6);
    text.push(OsStr::from_bytes(b"\xa4"));
    println!("{text:?} {:?} {:?}", text.to_str(), text.cmp(&odd));
    text.make_ascii_uppercase();
    text.clear();
    println!("{text:?} {:?} {:?}", text.is_empty(), OsStr::new("a") == "a");
    println!(
        "{:>8}| {:<8}| {:^8}|",
        OsStr::new("ab").display(),
        OsStr::new("ab").display(),
        OsStr::new("ab").display()
    );
    println!("{:?} {:?}", OsString::from("x").into_boxed_os_str(), std::borrow::Cow::from(OsStr::new("c")));
    println!("{:?}", odd.as_encoded_bytes().split(|byte| *byte == 0xff).map(<[u8]>::len).collect::<Vec<_>>());
}

pub fn odd_paths() {
    use std::path::*;
    for text in [
        "",
        "/",
        "//",
        "///a",
        ".",
        "./",
        "..",
        "../..",
        "a/.",
        "a/./b",
        "a/..",
        "/..",
        "/../a",
        "a//b//",
        ".hidden",
        "a.b.c",
        ".a.b",
        "..a",
        "a.",
        "a..",
        "/.",
        "./.",
        "a/.b/",
        "...",
        "/a/b.tar.gz",
        "ü/é.ñ",
    ] {
        let path = Path::new(text);
        println!("{text:?} {:?} {:?} {:?} {:?}", path.parent(), path.file_name(), path.file_stem(), path.extension());
        println!(
            "  {:?} {:?} {:?}",
            path.components().collect::<Vec<_>>(),
            path.components().rev().collect::<Vec<_>>(),
            path.iter().collect::<Vec<_>>()
        );
        println!(
            "  {} {} {:?} {:?}",
            path.is_absolute(),
            path.has_root(),
            path.file_prefix(),
            path.ancestors().collect::<Vec<_>>()
        );
        println!(
            "  {:?} {:?} {:?} {:?}",
            path.join("x"),
            path.join("/x"),
            path.with_extension("e"),
            path.with_file_name("f")
        );
        println!("  {:?} {:?} {:?}", path.with_extension(""), path.strip_prefix("a"), path.starts_with("/"));
        let mut owned = path.to_path_buf();
        println!("  {} {owned:?} {} {owned:?} {} {owned:?}", owned.pop(), owned.set_extension("z"), {
            owned.set_file_name("n");
            owned.add_extension("q")
        });
        println!("  {:?}", std::path::absolute(path).map(|p| p.is_absolute()).map_err(|e| e.to_string()));
    }
    println!("{:?} {:?}", Path::new("a/b").cmp(Path::new("a.b")), Path::new("a/b") == Path::new("a//b/."));
    println!(
        "{:?} {:?}",
        PathBuf::from_iter(["a", "/b", "c"]),
        Path::new("/a/b").strip_prefix("/a/c").map_err(|e| e.to_string())
    );
    println!("{:?} {:?}", Path::new("a/b/c").ends_with("b/c"), Path::new("a/b/c").ends_with("/c"));
    let mut walk = Path::new("/a/b/c/").components();
    println!("{:?} {:?} {:?} {:?}", walk.next(), walk.next_back(), walk.as_path(), walk);
}
