//! How many threads can run at once: the processors of the affinity mask, limited by the quotas of the control groups.

use core::num::NonZero;

use crate::fs;
use crate::io::{self, ErrorKind, const_error};
use crate::path::{Path, PathBuf};

/// How many threads can usefully run at once; asks the system each time.
pub fn available_parallelism() -> io::Result<NonZero<usize>> {
    let processors = crate::sys::thread::usable_processors();
    let limited = processors.min(quota());
    let least = if processors == 0 { 0 } else { limited.max(1) };
    NonZero::new(least)
        .ok_or(
            const_error!(ErrorKind::NotFound, "The number of hardware threads is not known for the target platform",),
        )
}

/// The quota of the process's control groups in whole processors; without one, no limit.
fn quota() -> usize {
    let Ok(groups) = fs::read_to_string("/proc/self/cgroup") else { return usize::MAX };
    let mut least = usize::MAX;
    for line in groups.lines() {
        // hierarchy-id:controllers:path (cgroups(7)); version 2 has the id 0 and no controllers.
        let mut fields = line.splitn(3, ':');
        let (Some(id), Some(controllers), Some(group)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        if id == "0" && controllers.is_empty() {
            least = least.min(walk_up("/sys/fs/cgroup", group, quota_v2));
        } else if controllers.split(',').any(|controller| controller == "cpu") {
            least = least.min(walk_up(&mount_of_v1(), group, quota_v1));
        }
    }
    least
}

/// The least quota of a group and those above it.
fn walk_up(mount: &str, group: &str, quota_of: fn(&Path) -> Option<usize>) -> usize {
    let mount = Path::new(mount);
    let mut folder: PathBuf = mount.join(group.trim_start_matches('/'));
    let mut least = usize::MAX;
    while folder.starts_with(mount) {
        least = least.min(quota_of(&folder).unwrap_or(usize::MAX));
        if !folder.pop() {
            break;
        }
    }
    least
}

fn quota_v2(folder: &Path) -> Option<usize> {
    let text = fs::read_to_string(folder.join("cpu.max")).ok()?;
    let mut fields = text.split_ascii_whitespace();
    ratio(fields.next()?, fields.next()?)
}

fn quota_v1(folder: &Path) -> Option<usize> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    ratio(read("cpu.cfs_quota_us")?.trim(), read("cpu.cfs_period_us")?.trim())
}

/// Time per period, rounded down; `None` for `max`, -1 and nonsense.
fn ratio(limit: &str, period: &str) -> Option<usize> {
    let (limit, period) = (limit.parse::<usize>().ok()?, period.parse::<usize>().ok()?);
    limit.checked_div(period)
}

/// Where the version 1 hierarchy with the cpu controller is mounted.
fn mount_of_v1() -> String {
    let usual = || String::from("/sys/fs/cgroup/cpu");
    let Ok(mounts) = fs::read_to_string("/proc/self/mountinfo") else { return usual() };
    for line in mounts.lines() {
        // … mount-point options - type source super-options (proc(5), mountinfo)
        let Some((before, after)) = line.split_once(" - ") else { continue };
        let mut after = after.split(' ');
        let is_cgroup = after.next() == Some("cgroup");
        if is_cgroup
            && after.next_back().is_some_and(|options| options.split(',').any(|option| option == "cpu"))
            && let Some(point) = before.split(' ').nth(4)
        {
            return point.into();
        }
    }
    usual()
}
