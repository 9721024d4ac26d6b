//! Channels: every mode, every error.
use std::sync::mpsc::*;
use std::thread;
use std::time::{Duration, Instant};

struct Loud(u32);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn main() {
    let (tx, rx) = channel();
    println!("{:?} {:?} {:?}", tx, rx, rx.try_recv());
    tx.send(1).unwrap();
    tx.clone().send(2).unwrap();
    println!("{:?} {:?}", rx.recv(), rx.try_recv());
    println!("{:?}", rx.recv_timeout(Duration::from_millis(10)));
    drop(tx);
    println!("{:?} {:?} {:?}", rx.recv(), rx.try_recv(), rx.recv_timeout(Duration::from_millis(10)));

    let (tx, rx) = channel::<u32>();
    let threads: Vec<_> = (0..8)
        .map(|t| {
            let tx = tx.clone();
            thread::spawn(move || (0..10_000).for_each(|n| tx.send(t * 10_000 + n).unwrap()))
        })
        .collect();
    drop(tx);
    let mut last = [None; 8];
    let (mut sum, mut count) = (0u64, 0);
    for n in &rx {
        let t = (n / 10_000) as usize;
        assert!(last[t] < Some(n), "values of one sender keep their order");
        last[t] = Some(n);
        sum += u64::from(n);
        count += 1;
    }
    println!("{sum} {count}");
    threads.into_iter().for_each(|t| t.join().unwrap());

    for bound in [1, 3, 100] {
        let (tx, rx) = sync_channel::<u32>(bound);
        (0..bound as u32).for_each(|n| tx.try_send(n).unwrap());
        println!("{:?} {}", tx.try_send(99), tx.try_send(99).unwrap_err());
        let sender = thread::spawn({
            let tx = tx.clone();
            move || (bound as u32..1000).for_each(|n| tx.send(n).unwrap())
        });
        drop(tx);
        println!("{}", rx.into_iter().zip(0..).all(|(a, b)| a == b));
        sender.join().unwrap();
    }

    let (tx, rx) = sync_channel::<u32>(0);
    println!("{:?} {:?}", tx, tx.try_send(1));
    let start = Instant::now();
    let receiver = thread::spawn(move || {
        thread::sleep(Duration::from_millis(30));
        let first = rx.recv();
        (first, rx.iter().sum::<u32>())
    });
    tx.send(7).unwrap();
    println!("{}", start.elapsed() >= Duration::from_millis(30));
    let more: Vec<_> = (0..4)
        .map(|_| {
            let tx = tx.clone();
            thread::spawn(move || (0..250).for_each(|n| tx.send(n).unwrap()))
        })
        .collect();
    more.into_iter().for_each(|t| t.join().unwrap());
    drop(tx);
    println!("{:?}", receiver.join().unwrap());

    let (tx, rx) = sync_channel::<u32>(0);
    let waiting = thread::spawn(move || rx.recv());
    let mut tries = 0;
    while tx.try_send(5).is_err() {
        tries += 1;
        thread::sleep(Duration::from_millis(1));
    }
    println!("{:?} {}", waiting.join().unwrap(), tries < 1000);

    let (tx, rx) = sync_channel::<&str>(0);
    let blocked: Vec<_> = ["a", "b"]
        .map(|s| {
            let tx = tx.clone();
            thread::spawn(move || tx.send(s).unwrap_err().0)
        })
        .into();
    thread::sleep(Duration::from_millis(30));
    drop(rx);
    println!("{:?}", blocked.into_iter().map(|t| t.join().unwrap()).collect::<Vec<_>>());
    println!("{:?} {}", tx.send("x"), tx.send("x").unwrap_err());
    println!("{:?} {}", tx.try_send("x"), tx.try_send("x").unwrap_err());

    let (tx, rx) = sync_channel::<u8>(1);
    tx.send(1).unwrap();
    let blocked = thread::spawn(move || tx.send(2));
    thread::sleep(Duration::from_millis(20));
    drop(rx);
    println!("{:?}", blocked.join().unwrap());

    let (tx, rx) = channel();
    (0..3).for_each(|n| tx.send(Loud(n)).unwrap());
    println!("received {}", rx.recv().unwrap().0);
    drop(rx);
    println!("receiver gone");
    println!("{:?}", tx.send(Loud(3)).map_err(|e| e.0.0));
    let (tx, rx) = channel();
    tx.send(Loud(4)).unwrap();
    drop(tx);
    println!("sender gone");
    println!("{:?}", rx.try_iter().map(|l| l.0).collect::<Vec<_>>());

    println!("{} | {}", RecvError, TryRecvError::Empty);
    println!("{} | {} | {}", TryRecvError::Disconnected, RecvTimeoutError::Timeout, RecvTimeoutError::Disconnected);
    println!("{:?} {:?}", TryRecvError::from(RecvError), RecvTimeoutError::from(RecvError));
    println!("{:?}", TrySendError::from(SendError(1)));

    let (ping, pings) = channel();
    let (pong, pongs) = channel();
    let other = thread::spawn(move || pings.iter().for_each(|n: u32| pong.send(n + 1).unwrap()));
    let mut n = 0;
    while n < 20_000 {
        ping.send(n).unwrap();
        n = pongs.recv().unwrap();
    }
    drop(ping);
    other.join().unwrap();
    println!("{n}");
}
