//! The interface of `wait-timeout` 0.2 on `Child::try_wait`, asked again and again at growing distances.

use std::io;
use std::process::{Child, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The distance between two questions grows up to this.
const LONGEST_NAP: Duration = Duration::from_millis(10);

/// Waiting for a limited time.
pub trait ChildExt {
    /// Closes the child's standard input and waits until it ends, at most `duration`; `None` if it still runs then.
    ///
    /// # Errors
    /// What the kernel says.
    fn wait_timeout(&mut self, duration: Duration) -> io::Result<Option<ExitStatus>>;

    /// The same in milliseconds.
    ///
    /// # Errors
    /// As above.
    fn wait_timeout_ms(&mut self, milliseconds: u32) -> io::Result<Option<ExitStatus>> {
        self.wait_timeout(Duration::from_millis(milliseconds.into()))
    }
}

impl ChildExt for Child {
    fn wait_timeout(&mut self, duration: Duration) -> io::Result<Option<ExitStatus>> {
        drop(self.stdin.take());
        let (start, mut nap) = (Instant::now(), Duration::from_micros(100));
        loop {
            if let Some(status) = self.try_wait()? {
                return Ok(Some(status));
            }
            let left = duration.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Ok(None);
            }
            sleep(nap.min(left));
            nap = (nap * 2).min(LONGEST_NAP);
        }
    }
}
