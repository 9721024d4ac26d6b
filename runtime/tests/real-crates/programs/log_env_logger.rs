//# log env_logger!
fn main() { env_logger::Builder::new().filter_level(log::LevelFilter::Info).format_timestamp(None).target(env_logger::Target::Stdout).init(); log::info!("seen {}", 1); log::debug!("not seen"); log::error!("bad"); }
