//# tracing tracing-subscriber
fn main() { tracing_subscriber::fmt().without_time().with_ansi(false).with_writer(std::io::stdout).init(); tracing::info!(answer = 42, "seen"); tracing::info_span!("span", x = 1).in_scope(|| tracing::warn!("inside")); }
