//! What ordinary programs do, in nanoseconds an operation. Compiled twice from this one source, against the real std and
//! against ours; `bench/compare` does both.

#[path = "rounds.rs"]
mod rounds;

use std::collections::HashMap;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, RwLock, mpsc};
use std::thread;
use std::time::{Instant, SystemTime};

use rounds::{Random, in_threads, measure, scratch_folder};

fn locks() {
    let mutex = Mutex::new(0u64);
    measure("Mutex, uncontended", 100_000, || (0..100_000).for_each(|_| *black_box(&mutex).lock().unwrap() += 1));
    let lock = RwLock::new(0u64);
    measure("RwLock, read", 100_000, || (0..100_000).for_each(|_| _ = black_box(*black_box(&lock).read().unwrap())));
    measure("RwLock, write", 100_000, || (0..100_000).for_each(|_| *black_box(&lock).write().unwrap() += 1));
    measure("Mutex, 4 threads", 40_000, || {
        in_threads(4, |_| (0..10_000).for_each(|_| *mutex.lock().unwrap() += 1));
    });
}

fn time() {
    measure("Instant::now", 20_000, || (0..20_000).for_each(|_| _ = black_box(Instant::now())));
    measure("SystemTime::now", 20_000, || (0..20_000).for_each(|_| _ = black_box(SystemTime::now())));
}

fn maps() {
    measure("HashMap<u64>, insert", 20_000, || {
        let mut map = HashMap::new();
        (0..20_000u64).for_each(|key| _ = map.insert(key, key));
        black_box(map);
    });
    let map: HashMap<u64, u64> = (0..20_000).map(|key| (key, key)).collect();
    let mut random = Random(1);
    measure("HashMap<u64>, get", 20_000, || {
        (0..20_000).for_each(|_| _ = black_box(map.get(&(random.next() as u64 % 40_000))));
    });
    let words: Vec<String> = (0..5000).map(|index| format!("word number {index}")).collect();
    measure("HashMap<String>, count words", 20_000, || {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        (0..20_000).for_each(|index| *counts.entry(&words[index * 7 % 5000]).or_default() += 1);
        black_box(counts);
    });
}

fn threads() {
    measure("thread, spawn and join", 20, || (0..20).for_each(|_| thread::spawn(|| {}).join().unwrap()));
    measure("channel, one way", 20_000, || {
        let (sender, receiver) = mpsc::channel();
        let consumer = thread::spawn(move || receiver.into_iter().sum::<usize>());
        (0..20_000).for_each(|value| sender.send(value).unwrap());
        drop(sender);
        black_box(consumer.join().unwrap());
    });
    measure("channel, ping-pong", 500, || {
        let (there, from_here) = mpsc::sync_channel::<usize>(1);
        let (back, from_there) = mpsc::sync_channel::<usize>(1);
        let partner = thread::spawn(move || from_here.into_iter().for_each(|value| back.send(value).unwrap()));
        for value in 0..500 {
            there.send(value).unwrap();
            assert_eq!(from_there.recv().unwrap(), value);
        }
        drop(there);
        partner.join().unwrap();
    });
    measure("Condvar, ping-pong", 500, || {
        let pair = Arc::new((Mutex::new(0usize), Condvar::new()));
        let other = pair.clone();
        let turn = |pair: &(Mutex<usize>, Condvar), mine: usize| {
            for _ in 0..250 {
                let mut now = pair.0.lock().unwrap();
                while *now % 2 != mine {
                    now = pair.1.wait(now).unwrap();
                }
                *now += 1;
                pair.1.notify_one();
            }
        };
        let partner = thread::spawn(move || turn(&other, 1));
        turn(&pair, 0);
        partner.join().unwrap();
    });
    thread_local!(static COUNT: std::cell::Cell<u64> = const { std::cell::Cell::new(0) });
    measure("thread_local, add", 100_000, || {
        (0..100_000).for_each(|_| COUNT.with(|count| count.set(black_box(count.get() + 1))))
    });
    let shared = Arc::new(AtomicUsize::new(0));
    measure("Arc, clone and drop", 100_000, || {
        (0..100_000).for_each(|_| _ = black_box(shared.clone()).fetch_add(1, Relaxed))
    });
}

fn files() {
    let folder = scratch_folder();
    let (source, target) = (folder.join("source"), folder.join("target"));
    let data: Vec<u8> =
        (0..8 << 20).map(|index: u32| if index % 60 == 59 { b'\n' } else { b'a' + (index % 26) as u8 }).collect();
    fs::write(&source, &data).unwrap();
    measure("fs::write, 8 MiB", 1, || fs::write(&target, &data).unwrap());
    measure("fs::read, 8 MiB", 1, || assert_eq!(fs::read(&source).unwrap().len(), data.len()));
    measure("fs::copy, 8 MiB", 1, || assert_eq!(fs::copy(&source, &target).unwrap(), data.len() as u64));
    measure("BufReader, lines of 8 MiB", 1, || {
        let lines = BufReader::new(File::open(&source).unwrap()).lines();
        assert_eq!(lines.map(|line| line.unwrap().len()).sum::<usize>(), data.len() - data.len() / 60);
    });
    let small = folder.join("small");
    measure("open, write, read, remove", 20, || {
        for _ in 0..20 {
            fs::write(&small, b"small").unwrap();
            assert_eq!(fs::read_to_string(&small).unwrap(), "small");
            fs::remove_file(&small).unwrap();
        }
    });
    for index in 0..500 {
        fs::write(folder.join(format!("file{index}")), b"").unwrap();
    }
    measure("read_dir, 500 entries", 500, || {
        assert!(
            fs::read_dir(&folder)
                .unwrap()
                .filter(|entry| entry.as_ref().unwrap().file_type().unwrap().is_file())
                .count()
                >= 500
        );
    });
    printing(&folder);
    fs::remove_dir_all(&folder).unwrap();
}

/// This program again, as a child that prints lines: to a file, and to a pipe that is read to the end.
fn printing(folder: &std::path::Path) {
    const LINES: usize = 20_000;
    let child = || {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("print").arg(LINES.to_string());
        command
    };
    measure("println! to a file, with its process", LINES, || {
        let file = File::create(folder.join("printed")).unwrap();
        assert!(child().stdout(file).status().unwrap().success());
    });
    measure("println! to a pipe, with its process", LINES, || {
        let mut child = child().stdout(Stdio::piped()).spawn().unwrap();
        let mut text = Vec::new();
        child.stdout.take().unwrap().read_to_end(&mut text).unwrap();
        assert!(child.wait().unwrap().success() && text.len() > LINES);
    });
    measure("process, spawn and wait", 1, || {
        assert!(child().arg("0").stdout(Stdio::null()).status().unwrap().success())
    });
}

fn formatting() {
    measure("format!, integers", 10_000, || {
        (0..10_000).for_each(|value| _ = black_box(format!("{value} of {}", value * 3)))
    });
    measure("format!, floats", 5000, || {
        (0..5000).for_each(|value| _ = black_box(format!("{:.3}", f64::from(value) * 0.37)))
    });
    let mut lines: Vec<String> = (0..5000).map(|index| format!("{:05}", index * 7919 % 5000)).collect();
    measure("sort strings", 5000, || {
        lines.reverse();
        lines.sort();
    });
    let text = "the quick brown fox jumps over the lazy dog ".repeat(200);
    measure("split and parse", 1, || {
        assert_eq!(text.split_whitespace().filter(|word| word.contains('o')).count(), 800)
    });
    measure("Vec<u8>, write!", 5000, || {
        let mut out = Vec::new();
        (0..5000).for_each(|value| writeln!(out, "line {value}").unwrap());
        black_box(out);
    });
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("print") {
        let lines: usize = arguments.next().unwrap().parse().unwrap();
        let lines = arguments.next().map_or(lines, |fewer| fewer.parse().unwrap());
        return (0..lines).for_each(|line| println!("line {line} of {lines}"));
    }
    locks();
    time();
    maps();
    threads();
    files();
    formatting();
}
