//! The interface of `num_cpus` 1 on `std::thread::available_parallelism`, which counts what the process may use: its affinity and its
//! control group's quota.

/// Processors that the process may use; at least 1.
pub fn get() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get())
}

/// The same: `std` does not tell cores from hardware threads.
pub fn get_physical() -> usize {
    get()
}
