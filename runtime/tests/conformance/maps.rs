//! `HashMap` and `HashSet`: every method, and the hashes behind them.
use std::collections::hash_map::{DefaultHasher, Entry, RandomState};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

/// Always the same order.
type Fixed = BuildHasherDefault<DefaultHasher>;
type Map<K, V> = HashMap<K, V, Fixed>;
type Set<T> = HashSet<T, Fixed>;

/// Each by itself, so that each may borrow as it likes.
macro_rules! show {
    ($($value:expr),*) => {{ $(print!("{:?} ", $value);)* println!(); }};
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<_> = items.into_iter().collect();
    items.sort();
    items
}

pub fn hashes_of_everything() {
    fn show<T: Hash + ?Sized>(name: &str, value: &T) {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        println!("{name} {:016x}", hasher.finish());
    }
    show("u8", &1u8);
    show("i64", &-1i64);
    show("u128", &u128::MAX);
    show("char", &'x');
    show("bool", &true);
    show("str", "text");
    show("string", &String::from("text"));
    show("bytes", b"text".as_slice());
    show("array", &[1u16, 2, 3]);
    show("tuple", &(1, "a", 'b'));
    show("unit", &());
    show("option", &Some(5));
    show("vec", &vec![vec![1], vec![]]);
    show("box", &Box::new(5));
    show("duration", &std::time::Duration::from_millis(5));
    show("address", &std::net::IpAddr::from([1, 2, 3, 4]));
    show("socket", &std::net::SocketAddr::from(([1, 2, 3, 4], 5)));
    show("path", std::path::Path::new("/a/./b//c"));
    show("os", std::ffi::OsStr::new("a"));
    show("c", c"a");
    show("kind", &std::io::ErrorKind::NotFound);
    show("layout", &std::alloc::Layout::new::<u64>());
    show("btree", &BTreeMap::from([(1, 2)]));
    show("ordering", &std::cmp::Ordering::Less);
    show("range", &(1..2));
    show("discriminant", &std::mem::discriminant(&Some(1)));
    show("system time", &std::time::UNIX_EPOCH);
    let mut hasher = DefaultHasher::default();
    (0..100u32).for_each(|i| hasher.write_u32(i));
    hasher.write(b"odd");
    hasher.write_u8(7);
    println!("{:x} {:?}", hasher.finish(), hasher.clone().finish() == hasher.finish());
    println!("{:?}", format!("{hasher:?}").starts_with("DefaultHasher("));
}

pub fn random_states() {
    let (a, b) = (RandomState::new(), RandomState::new());
    println!("{} {}", a.hash_one(5) == a.hash_one(5), a.hash_one(5) == b.hash_one(5));
    println!("{} {}", a.clone().hash_one(5) == a.hash_one(5), RandomState::default().hash_one(5) == a.hash_one(5));
    println!("{a:?} {:?}", std::thread::spawn(|| RandomState::new().hash_one(1)).join().unwrap() == a.hash_one(1));
    println!("{}", std::hash::RandomState::new().build_hasher().finish() != 0);
}

pub fn order_of_iteration() {
    let map: Map<u32, u32> = (0..100).map(|i| (i, i * i)).collect();
    println!("{:?}", map.iter().collect::<Vec<_>>());
    println!("{:?} {:?}", map.keys().take(9).collect::<Vec<_>>(), map.values().take(9).collect::<Vec<_>>());
    println!("{map:?}");
    let mut map = map;
    map.retain(|k, _| k % 3 == 0);
    println!("{map:#?}");
    (200..240).for_each(|i| drop(map.insert(i, 0)));
    println!("{:?}", map.into_keys().collect::<Vec<_>>());
    let set: Set<String> = ["a", "b", "c", "d", "e"].map(String::from).into_iter().collect();
    println!("{set:?} {:?}", set.iter().collect::<Vec<_>>());
}

pub fn capacities() {
    for wanted in [0, 1, 3, 4, 7, 8, 14, 15, 28, 29, 100, 448, 449, 1000] {
        let map = HashMap::<u8, u8>::with_capacity(wanted);
        println!("{wanted} {} {}", map.capacity(), HashSet::<u64>::with_capacity(wanted).capacity());
    }
    let mut map = Map::default();
    let mut seen = BTreeSet::new();
    for i in 0..1000 {
        map.insert(i, i);
        seen.insert(map.capacity());
    }
    println!("{seen:?}");
    map.retain(|k, _| *k < 10);
    println!("{}", map.capacity());
    map.shrink_to(100);
    println!("{}", map.capacity());
    map.shrink_to_fit();
    println!("{}", map.capacity());
    map.clear();
    println!("{} {}", map.capacity(), map.is_empty());
    map.shrink_to_fit();
    println!("{}", map.capacity());
    map.reserve(50);
    println!("{} {:?} {:?}", map.capacity(), map.try_reserve(10), map.try_reserve(usize::MAX).is_err());
    println!("{} {}", size_of::<HashMap<u8, u8>>(), size_of::<HashSet<u8>>());
}

pub fn map_methods() {
    let mut map = Map::from_iter([(1, "one".to_string()), (2, "two".into()), (3, "three".into())]);
    println!("{:?} {:?} {:?}", map.get(&1), map.get(&9), map.get_key_value(&2));
    println!("{:?} {:?}", map.insert(1, "uno".into()), map.insert(4, "four".into()));
    println!("{:?} {:?} {:?}", map.remove(&4), map.remove(&4), map.remove_entry(&1));
    map.get_mut(&2).unwrap().push('!');
    println!("{:?} {} {}", map[&2], map.contains_key(&3), map.len());
    map.values_mut().for_each(|v| v.push('?'));
    map.iter_mut().for_each(|(k, v)| v.push_str(&k.to_string()));
    println!("{:?}", sorted(map.iter()));
    println!("{:?}", map.get_disjoint_mut([&2, &3]).map(|v| v.map(|v| v.len())));
    println!("{:?}", sorted(map.extract_if(|k, _| *k == 2)));
    println!("{:?} {:?}", sorted(map.clone().into_values()), sorted(map.clone().into_iter()));
    println!("{:?} {:?}", sorted(map.drain()), map.len());
    map.extend([(7, "seven".to_string())]);
    println!("{:?} {:?}", map == Map::from_iter([(7, "seven".to_string())]), map.hasher().hash_one(1));
    println!("{:?} {:?}", map.iter(), map.keys());
    println!("{:?}", map.values());
    println!("{:?}", map.drain());
    let mut counts: Map<char, usize> = Map::default();
    "hello world".chars().for_each(|c| *counts.entry(c).or_default() += 1);
    println!("{:?}", sorted(counts.clone()));
    let (small, big): (Map<_, _>, Map<_, _>) = counts.into_iter().partition(|(_, n)| *n == 1);
    println!("{} {}", small.len(), big.len());
    println!("{:?}", HashMap::from([("a", 1)]).extend([(&"b", &2)]));
    println!("{:?}", HashMap::<u8, u8>::new());
    println!("{:?}", std::panic::catch_unwind(|| 0).is_ok());
}

pub fn entries() {
    let mut map = Map::<&str, i32>::default();
    println!("{:?}", map.entry("a"));
    show!(map.entry("a").key(), map.entry("a").or_insert(1));
    show!(map.entry("a"), map.entry("a").and_modify(|v| *v += 1).or_insert(9));
    show!(map.entry("b").or_insert_with(|| 5), map.entry("ccc").or_insert_with_key(|k| k.len() as i32));
    show!(map.entry("d").or_default(), map.entry("e").insert_entry(4));
    if let Entry::Occupied(mut entry) = map.entry("a") {
        show!(entry, entry.key(), entry.get(), entry.insert(10));
        *entry.get_mut() += 1;
        println!("{:?}", entry.remove_entry());
    }
    if let Entry::Vacant(entry) = map.entry("a") {
        println!("{entry:?} {:?}", entry.key());
        println!("{:?} {}", entry.into_key(), 1);
    }
    if let Entry::Vacant(entry) = map.entry("z") {
        *entry.insert(26) += 1;
    }
    if let Entry::Occupied(entry) = map.entry("z") {
        *entry.into_mut() += 1;
    }
    if let Entry::Vacant(entry) = map.entry("y") {
        println!("{:?}", entry.insert_entry(25).remove());
    }
    println!("{:?}", sorted(map));
}

pub fn set_methods() {
    let (a, b) = (Set::from_iter([1, 2, 3, 4]), Set::from_iter([3, 4, 5]));
    println!("{:?} {:?}", sorted(a.union(&b)), sorted(a.intersection(&b)));
    println!("{:?} {:?}", sorted(a.difference(&b)), sorted(a.symmetric_difference(&b)));
    println!("{:?} {:?} {:?} {:?}", sorted(&a | &b), sorted(&a & &b), sorted(&a - &b), sorted(&a ^ &b));
    println!("{} {} {}", a.is_subset(&b), a.is_superset(&Set::from_iter([1])), a.is_disjoint(&Set::from_iter([9])));
    let mut set = Set::<String>::default();
    println!("{} {}", set.insert("x".into()), set.insert("x".into()));
    show!(set.get("x"), set.replace("x".into()), set.take("x"));
    println!("{} {} {:?}", set.remove("x"), set.contains("x"), set);
    set.extend(["p".to_string(), "q".into(), "r".into()]);
    set.retain(|s| s != "q");
    println!("{:?} {:?}", sorted(set.clone()), sorted(set.extract_if(|s| s == "p")));
    println!("{:?} {} {:?}", sorted(set.drain()), set.is_empty(), set.capacity() > 0);
    println!("{:?} {:?} {:?}", a.iter().max(), a == [4, 3, 2, 1].into_iter().collect(), a.len());
    println!("{:?} {:?}", HashSet::from([1]), format!("{:?}", HashSet::from([1]).iter()));
    println!("{:?}", a.difference(&a));
    let text: HashSet<&str> = HashSet::from_iter("a b a".split(' '));
    println!("{:?}", sorted(text));
}

pub fn many_items() {
    let mut map = HashMap::new();
    for round in 0..20u64 {
        for i in 0..2000u64 {
            map.insert(i * 7919 + round, i);
        }
        map.retain(|key, _| key % 3 != 0);
        for i in 0..500 {
            map.remove(&(i * 7919));
        }
    }
    let mut sum = 0u64;
    map.iter().for_each(|(k, v)| sum = sum.wrapping_add(k ^ v));
    println!("{} {sum}", map.len());
    let strings: HashMap<String, usize> = (0..5000).map(|i| (format!("key {i}"), i)).collect();
    println!("{} {:?}", strings.len(), (0..5000).all(|i| strings[&format!("key {i}")] == i));
}

pub fn panics_inside() {
    struct Bad(u8);
    impl PartialEq for Bad {
        fn eq(&self, other: &Bad) -> bool {
            self.0 == other.0
        }
    }
    impl Eq for Bad {}
    impl Hash for Bad {
        fn hash<H: Hasher>(&self, state: &mut H) {
            state.write_u8(1);
        }
    }
    let mut map = Map::default();
    (0..50).for_each(|i| drop(map.insert(Bad(i), i)));
    show!(map.len(), map.get(&Bad(30)), map.remove(&Bad(31)));
    map[&Bad(200)];
}
