//! Clocks and spans.
use std::time::*;

pub fn instants() {
    let start = Instant::now();
    let later = start + Duration::from_millis(1500);
    println!("{:?} {:?}", later - start, start.checked_duration_since(later));
    println!("{:?} {:?}", start.duration_since(later), start.saturating_duration_since(later));
    println!("{:?} {:?}", later.duration_since(start), later.checked_duration_since(start));
    println!("{} {} {:?}", later > start, start == start.clone(), start.cmp(&later));
    println!("{:?}", start.checked_add(Duration::MAX).is_none());
    println!("{:?}", start.checked_sub(Duration::MAX).is_none());
    println!("{:?}", (later - Duration::from_secs(1)) - start);
    let mut changed = start;
    changed += Duration::from_secs(2);
    changed -= Duration::from_millis(500);
    println!("{:?} {}", changed - start, start.elapsed() < Duration::from_secs(5));
    std::thread::sleep(Duration::from_millis(10));
    println!("{}", start.elapsed() >= Duration::from_millis(10));
    println!("{}", (0..10000).map(|_| Instant::now()).collect::<Vec<_>>().is_sorted());
    let text = format!("{start:?}");
    println!("{} {}", text.starts_with("Instant { tv_sec: "), text.contains(", tv_nsec: "));
    use std::hash::{BuildHasher, RandomState};
    let state = RandomState::new();
    println!("{}", state.hash_one(start) == state.hash_one(start));
}

pub fn system_times() {
    let now = SystemTime::now();
    println!("{} {}", now > UNIX_EPOCH, now.duration_since(UNIX_EPOCH).unwrap().as_secs() > 1_700_000_000);
    let early = UNIX_EPOCH - Duration::new(1, 500_000_000);
    println!("{:?} {:?}", early.duration_since(UNIX_EPOCH), UNIX_EPOCH.duration_since(early));
    println!("{:?} {:?} {:?}", early, UNIX_EPOCH, UNIX_EPOCH + Duration::new(5, 7));
    println!("{:?} {:?}", early.checked_sub(Duration::MAX), UNIX_EPOCH.checked_add(Duration::MAX));
    println!("{:?}", UNIX_EPOCH.checked_add(Duration::new(i64::MAX as u64, 999_999_999)));
    println!("{:?}", UNIX_EPOCH.checked_add(Duration::new(i64::MAX as u64 + 1, 0)));
    println!("{:?}", UNIX_EPOCH.checked_sub(Duration::new(i64::MAX as u64 + 1, 0)));
    println!("{:?}", UNIX_EPOCH.checked_sub(Duration::new(i64::MAX as u64 + 1, 1)));
    println!("{:?} {:?}", early.elapsed().is_ok(), (now + Duration::from_secs(3600)).elapsed().is_err());
    let error = UNIX_EPOCH.duration_since(UNIX_EPOCH + Duration::from_secs(2)).unwrap_err();
    println!("{error} {error:?} {:?}", error.duration());
    let mut changed = UNIX_EPOCH;
    changed += Duration::from_secs(10);
    changed -= Duration::from_nanos(1);
    println!("{changed:?} {:?} {}", changed.cmp(&UNIX_EPOCH), changed == changed.clone());
    println!("{:?}", SystemTime::UNIX_EPOCH == UNIX_EPOCH);
    println!("{:?} {}", now.max(UNIX_EPOCH) == now, std::mem::size_of::<Option<SystemTime>>());
}

pub fn spans() {
    for span in [
        Duration::ZERO,
        Duration::MAX,
        Duration::new(1, 500),
        Duration::from_millis(2569),
        Duration::from_nanos(1),
        Duration::from_micros(1500),
    ] {
        println!(
            "{span:?} {span:.2?} {span:>12?} {:?} {:?} {:?}",
            span.as_secs_f64(),
            span.as_millis(),
            span.subsec_nanos()
        );
    }
    println!("{:?} {:?}", Duration::from_secs_f64(2.7), Duration::from_secs_f32(0.1));
    println!(
        "{:?} {:?}",
        Duration::from_secs(3).checked_sub(Duration::from_secs(4)),
        Duration::MAX.checked_add(Duration::from_nanos(1))
    );
    println!(
        "{:?} {:?}",
        Duration::from_secs(3).saturating_sub(Duration::from_secs(4)),
        Duration::MAX.saturating_add(Duration::SECOND_LIKE)
    );
    println!("{:?}", [Duration::from_secs(1), Duration::from_millis(250)].iter().sum::<Duration>());
    println!(
        "{:?} {:?}",
        Duration::from_secs(10).div_duration_f64(Duration::from_secs(4)),
        Duration::from_secs(5).abs_diff(Duration::from_secs(7))
    );
}

trait SecondLike {
    const SECOND_LIKE: Duration = Duration::from_secs(1);
}
impl SecondLike for Duration {}
