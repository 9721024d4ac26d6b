// A longer lifetime inside these types may be seen as a shorter one: that it compiles shows it.
#![allow(dead_code)]
use std::collections::{hash_map, hash_set};
use std::hash::RandomState;
use std::*;

type Long = &'static str;

macro_rules! can_be_shortened {
    ($(($long:ty, $short:ty))*) => {
        $(const _: () = { fn shorten<'a>(long: $long) -> $short { long } };)*
    };
}

can_be_shortened! {
    (hash_map::Iter<'a, Long, Long>, hash_map::Iter<'a, &'a str, &'a str>)
    (hash_map::IntoIter<Long, Long>, hash_map::IntoIter<&'a str, &'a str>)
    (hash_map::Keys<'a, Long, Long>, hash_map::Keys<'a, &'a str, &'a str>)
    (hash_map::Values<'a, Long, Long>, hash_map::Values<'a, &'a str, &'a str>)
    (hash_map::Drain<'static, Long, Long>, hash_map::Drain<'a, &'a str, &'a str>)
    (hash_map::IntoKeys<Long, Long>, hash_map::IntoKeys<&'a str, &'a str>)
    (hash_map::IntoValues<Long, Long>, hash_map::IntoValues<&'a str, &'a str>)
    (hash_map::HashMap<Long, Long>, hash_map::HashMap<&'a str, &'a str>)
    (hash_set::HashSet<Long>, hash_set::HashSet<&'a str>)
    (hash_set::Iter<'a, Long>, hash_set::Iter<'a, &'a str>)
    (hash_set::IntoIter<Long>, hash_set::IntoIter<&'a str>)
    (hash_set::Drain<'a, Long>, hash_set::Drain<'a, &'a str>)
    (hash_set::Difference<'a, Long, RandomState>, hash_set::Difference<'a, &'a str, RandomState>)
    (hash_set::Intersection<'a, Long, RandomState>, hash_set::Intersection<'a, &'a str, RandomState>)
    (hash_set::Union<'a, Long, RandomState>, hash_set::Union<'a, &'a str, RandomState>)
    (hash_set::SymmetricDifference<'a, Long, RandomState>, hash_set::SymmetricDifference<'a, &'a str, RandomState>)
    (io::Cursor<Long>, io::Cursor<&'a str>)
    (io::Take<Long>, io::Take<&'a str>)
    (io::Chain<Long, Long>, io::Chain<&'a str, &'a str>)
    (io::BufReader<Long>, io::BufReader<&'a str>)
    (io::Lines<Long>, io::Lines<&'a str>)
    (io::Split<Long>, io::Split<&'a str>)
    (io::Bytes<Long>, io::Bytes<&'a str>)
    (io::IoSlice<'static>, io::IoSlice<'a>)
    (io::StdinLock<'static>, io::StdinLock<'a>)
    (io::StdoutLock<'static>, io::StdoutLock<'a>)
    (sync::RwLockReadGuard<'a, Long>, sync::RwLockReadGuard<'a, &'a str>)
    (sync::RwLockWriteGuard<'static, Long>, sync::RwLockWriteGuard<'a, Long>)
    (sync::MutexGuard<'static, Long>, sync::MutexGuard<'a, Long>)
    (sync::PoisonError<Long>, sync::PoisonError<&'a str>)
    (sync::TryLockError<Long>, sync::TryLockError<&'a str>)
    (sync::mpsc::Iter<'static, Long>, sync::mpsc::Iter<'a, Long>)
    (sync::mpsc::TryIter<'static, Long>, sync::mpsc::TryIter<'a, Long>)
    (sync::mpsc::SendError<Long>, sync::mpsc::SendError<&'a str>)
    (path::Components<'static>, path::Components<'a>)
    (path::Iter<'static>, path::Iter<'a>)
    (path::Ancestors<'static>, path::Ancestors<'a>)
    (path::Component<'static>, path::Component<'a>)
    (path::PrefixComponent<'static>, path::PrefixComponent<'a>)
    (path::Display<'static>, path::Display<'a>)
    (ffi::os_str::Display<'static>, ffi::os_str::Display<'a>)
    (net::Incoming<'static>, net::Incoming<'a>)
    (os::unix::net::Incoming<'static>, os::unix::net::Incoming<'a>)
    (os::fd::BorrowedFd<'static>, os::fd::BorrowedFd<'a>)
    (process::CommandArgs<'static>, process::CommandArgs<'a>)
    (process::CommandEnvs<'static>, process::CommandEnvs<'a>)
    (thread::ScopedJoinHandle<'static, ()>, thread::ScopedJoinHandle<'a, ()>)
    (&'a panic::PanicHookInfo<'static>, &'a panic::PanicHookInfo<'a>)
    (hash_map::OccupiedEntry<'static, Long, Long>, hash_map::OccupiedEntry<'a, Long, Long>)
    (hash_map::VacantEntry<'static, Long, Long>, hash_map::VacantEntry<'a, Long, Long>)
    (panic::AssertUnwindSafe<Long>, panic::AssertUnwindSafe<&'a str>)
    (io::IntoInnerError<Long>, io::IntoInnerError<&'a str>)
}

fn main() {
    println!("compiled");
}
