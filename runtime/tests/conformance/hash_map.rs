//! The interface of `HashMap`: everything that does not depend on the order.
use std::borrow::Cow;
use std::collections::hash_map::{DefaultHasher, Entry, RandomState};
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items
}

fn main() {
    let mut map: HashMap<String, i32> = HashMap::new();
    println!("{:?} {} {} {}", map, map.len(), map.is_empty(), map.capacity());
    println!("{:?} {:?}", map.insert("a".into(), 1), map.insert("a".into(), 2));
    map.extend([("b".to_string(), 3), ("c".to_string(), 4)]);
    println!("{:?}", sorted(map.iter().map(|(k, v)| (k.clone(), *v))));
    println!("{:?} {:?}", sorted(map.keys()), sorted(map.values()));
    println!("{:?} {:?} {:?}", map.get("a"), map.get("z"), map.get_key_value("b"));
    println!("{} {} {}", map.contains_key("c"), map.contains_key("d"), map["a"]);
    *map.get_mut("a").unwrap() += 10;
    for value in map.values_mut() {
        *value *= 2;
    }
    for (_, value) in &mut map {
        *value += 1;
    }
    println!("{:?}", map.clone().into_iter().collect::<BTreeMap<_, _>>());
    println!("{:?} {:?} {:?}", map.remove("a"), map.remove("a"), map.remove_entry("b"));
    println!("{map:?} {:#?}", map);

    match map.entry("c".into()) {
        Entry::Occupied(mut entry) => {
            println!("{} {} {:?}", entry.key(), entry.get(), entry);
            println!("{}", entry.insert(5));
            *entry.get_mut() += 1;
            *entry.into_mut() += 1;
        }
        Entry::Vacant(_) => unreachable!(),
    }
    match map.entry("new".into()) {
        Entry::Vacant(entry) => {
            println!("{} {:?}", entry.key(), entry);
            let entry = entry.insert_entry(7);
            println!("{:?}", entry.remove_entry());
        }
        Entry::Occupied(_) => unreachable!(),
    }
    if let Entry::Vacant(entry) = map.entry("key back".into()) {
        println!("{}", entry.into_key());
    }
    *map.entry("n".into()).or_insert(1) += 1;
    map.entry("n".into()).and_modify(|v| *v += 10).or_insert_with(|| 99);
    map.entry("long key".into()).or_insert_with_key(|key| key.len() as i32);
    *map.entry("default".into()).or_default() -= 1;
    println!("{:?}", map.entry("default".into()));
    println!("{:?}", map.entry("absent".into()));
    println!("{:?}", map.entry("set".into()).insert_entry(3).get());
    println!("{:?}", sorted(map.iter()));

    let mut numbers: HashMap<u32, u32> = (0..1000).map(|n| (n, n * n)).collect();
    numbers.retain(|k, _| k % 3 == 0);
    println!("{} {}", numbers.len(), numbers.values().map(|&v| u64::from(v)).sum::<u64>());
    let taken = sorted(numbers.extract_if(|k, v| { *v += 1; k % 2 == 0 }));
    println!("{} {:?} {}", taken.len(), &taken[..4], numbers.len());
    let drained = sorted(numbers.drain());
    println!("{} {:?} {}", drained.len(), drained[0], numbers.is_empty());
    let kept = numbers.capacity() >= 334;
    numbers.shrink_to_fit();
    println!("{kept} {}", numbers.capacity());
    numbers.reserve(100);
    println!("{}", numbers.capacity() >= 100);
    println!("{:?}", numbers.try_reserve(usize::MAX).is_err());
    println!("{:?}", numbers.try_reserve(usize::MAX).unwrap_err().to_string());
    numbers.shrink_to(50);
    println!("{}", numbers.capacity() >= 50);
    for bound in [0usize, 1, 3, 4, 7, 8, 14, 15, 100, 1000] {
        let map = HashMap::<u8, u8>::with_capacity(bound);
        print!("{} ", map.capacity());
    }
    println!();

    let array = HashMap::from([(1, 'a'), (2, 'b'), (3, 'c')]);
    let same: HashMap<_, _> = [(3, 'c'), (2, 'b'), (1, 'a')].into();
    println!("{} {}", array == same, array == HashMap::from([(1, 'a')]));
    println!("{:?} {:?}", sorted(array.clone().into_keys()), sorted(array.clone().into_values()));
    let mut both = HashMap::from([(1, 10), (2, 20), (3, 30)]);
    if let [Some(x), Some(y), None] = both.get_disjoint_mut([&1, &2, &9]) {
        std::mem::swap(x, y);
    }
    println!("{} {}", both[&1], both[&2]);
    both.extend(&HashMap::from([(4, 40)]));
    both.clear();
    println!("{both:?}");

    let iter = array.iter();
    println!("{:?} {}", iter.size_hint(), iter.len());
    let mut copy = iter.clone();
    copy.next();
    println!("{} {} {}", copy.len(), iter.len(), copy.count());
    println!("{}", array.iter().fold(0, |sum, (k, _)| sum + k));
    let one = HashMap::from([("k", "v")]);
    println!("{:?} {:?} {:?}", one.iter(), one.keys(), one.values());
    println!("{:?} {:?} {:?}", one.clone().into_iter(), one.clone().into_keys(), one.clone().into_values());
    let mut one_mut = one.clone();
    println!("{:?} {:?}", one_mut.clone().iter_mut(), one_mut.clone().values_mut());
    println!("{:?}", one_mut.drain());
    println!("{:?}", one_mut.extract_if(|_, _| true));
    let empty: std::collections::hash_map::Iter<'_, u8, u8> = Default::default();
    println!("{}", empty.len());
    let empty: std::collections::hash_map::IntoIter<u8, u8> = Default::default();
    println!("{:?}", empty);

    let cow: HashMap<Cow<'_, str>, u8> = [(Cow::Borrowed("x"), 1)].into();
    println!("{:?}", cow.get("x"));
    let fixed: HashMap<u32, u32, BuildHasherDefault<DefaultHasher>> = (0..20).map(|n| (n, n)).collect();
    println!("{:?}", fixed);
    let mut custom = HashMap::with_capacity_and_hasher(4, fixed.hasher().clone());
    custom.insert(1, 1);
    println!("{:?}", HashMap::<u8, u8, _>::with_hasher(RandomState::new()));

    let mut hasher = DefaultHasher::new();
    "some text".hash(&mut hasher);
    42u64.hash(&mut hasher);
    hasher.write(&[1, 2, 3]);
    println!("{:x}", hasher.finish());
    let state = RandomState::new();
    println!("{} {:?}", state.hash_one("x") == state.hash_one("x"), state);
    println!("{}", RandomState::new().hash_one("x") == state.hash_one("x"));

    let result = std::panic::catch_unwind(|| ());
    println!("{:?}", result.is_ok());
    println!("{}", one["absent"]);
}
