//! The interface of `HashSet`.
use std::collections::HashSet;

fn sorted<'a, T: Ord + Clone + 'a>(items: impl Iterator<Item = &'a T>) -> Vec<T> {
    let mut items: Vec<T> = items.cloned().collect();
    items.sort();
    items
}

#[derive(Debug, Clone, Eq)]
struct Named(u32, &'static str);

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl std::hash::Hash for Named {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

fn main() {
    let a: HashSet<i32> = (0..10).collect();
    let b: HashSet<i32> = HashSet::from([5, 7, 9, 11, 13]);
    println!("{:?}", sorted(a.union(&b)));
    println!("{:?}", sorted(a.intersection(&b)));
    println!("{:?}", sorted(a.difference(&b)));
    println!("{:?}", sorted(a.symmetric_difference(&b)));
    println!("{:?}", sorted((&a | &b).iter()));
    println!("{:?}", sorted((&a & &b).iter()));
    println!("{:?}", sorted((&a - &b).iter()));
    println!("{:?}", sorted((&a ^ &b).iter()));
    println!("{} {} {}", a.is_disjoint(&b), a.is_subset(&b), a.is_superset(&HashSet::from([1, 2])));
    println!("{} {}", a == (0..10).rev().collect(), a == b);
    println!("{:?} {:?}", a.union(&b).size_hint(), a.intersection(&b).size_hint());
    println!("{:?} {:?}", a.difference(&b).size_hint(), a.symmetric_difference(&b).clone().count());

    let mut set = HashSet::new();
    println!("{} {}", set.insert("x"), set.insert("x"));
    println!("{:?} {:?} {}", set.get("x"), set.get("y"), set.contains("x"));
    println!("{} {} {:?}", set.remove("x"), set.remove("x"), set);
    let mut named = HashSet::from([Named(1, "old")]);
    println!("{} {:?}", named.insert(Named(1, "new")), named);
    println!("{:?} {:?}", named.replace(Named(1, "newer")), named);
    println!("{:?} {:?}", named.take(&Named(1, "")), named.take(&Named(1, "")));

    let mut numbers: HashSet<u32> = (0..100).collect();
    numbers.retain(|n| n % 2 == 0);
    let mut odd_tens: Vec<u32> = numbers.extract_if(|n| n / 10 % 2 == 1).collect();
    odd_tens.sort();
    println!("{odd_tens:?} {}", numbers.len());
    println!("{}", numbers.drain().map(u64::from).sum::<u64>());
    numbers.extend([1, 2, 3]);
    numbers.extend(&[3, 4]);
    println!("{:?} {}", sorted(numbers.iter()), numbers.capacity() >= 4);
    numbers.clear();
    numbers.shrink_to_fit();
    println!("{:?} {}", numbers, numbers.capacity());
    numbers.reserve(10);
    println!("{} {}", numbers.capacity() >= 10, numbers.try_reserve(usize::MAX).is_err());
    let one = HashSet::from([1]);
    println!("{:?} {:?} {:?}", one, one.iter(), one.clone().into_iter());
    println!("{:?} {:?}", one.union(&one), one.clone().drain());
    println!("{:#?}", one);
    let mut owned: Vec<i32> = HashSet::from([3, 1, 2]).into_iter().collect();
    owned.sort();
    println!("{owned:?}");
    let mut clone = HashSet::new();
    clone.clone_from(&one);
    println!("{}", clone == one);
}
