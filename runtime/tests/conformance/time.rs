//! `Instant` and `SystemTime`: arithmetic, borders, texts.
use std::time::*;

fn main() {
    let start = Instant::now();
    let later = start + Duration::new(5, 999_999_999);
    println!("{:?} {:?}", later - start, later.duration_since(start));
    println!("{:?} {:?} {:?}", start - later, start.checked_duration_since(later), start.saturating_duration_since(later));
    println!("{} {}", later > start, (later - Duration::from_nanos(1)) < later);
    println!("{:?}", start.checked_add(Duration::MAX));
    println!("{:?}", start.checked_sub(Duration::MAX));
    let mut moved = start;
    moved += Duration::from_secs(1);
    moved -= Duration::from_millis(1);
    println!("{:?}", moved - start);
    let mut last = Instant::now();
    for _ in 0..100_000 {
        let now = Instant::now();
        assert!(now >= last);
        last = now;
    }
    println!("{}", last.elapsed() < Duration::from_secs(60));

    println!("{:?}", UNIX_EPOCH);
    println!("{:?}", UNIX_EPOCH + Duration::new(1, 5));
    println!("{:?}", UNIX_EPOCH - Duration::new(1, 5));
    println!("{:?}", SystemTime::UNIX_EPOCH == UNIX_EPOCH);
    let error = UNIX_EPOCH.duration_since(UNIX_EPOCH + Duration::new(3, 7)).unwrap_err();
    println!("{:?} {} {:?}", error, error, error.duration());
    println!("{:?}", UNIX_EPOCH.checked_add(Duration::MAX));
    println!("{:?}", UNIX_EPOCH.checked_add(Duration::new(i64::MAX as u64, 999_999_999)));
    println!("{:?}", UNIX_EPOCH.checked_add(Duration::new(i64::MAX as u64 + 1, 0)));
    println!("{:?}", UNIX_EPOCH.checked_sub(Duration::new(1 << 63, 0)));
    println!("{:?}", UNIX_EPOCH.checked_sub(Duration::new(1 << 63, 1)));
    println!("{}", SystemTime::now().duration_since(UNIX_EPOCH).unwrap() > Duration::from_secs(1_700_000_000));
    println!("{}", (UNIX_EPOCH + Duration::from_secs(u32::MAX.into())).elapsed().is_err());
    println!("{} {}", std::mem::size_of::<Option<Instant>>(), std::mem::size_of::<Option<SystemTime>>());
    println!("{:?}", Duration::try_from_secs_f64(-1.0).unwrap_err().to_string());
}
