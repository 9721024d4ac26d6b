//! `abort` dies by SIGABRT and flushes nothing.
fn main() {
    let mut args = std::env::args();
    if args.nth(1).as_deref() == Some("abort") {
        print!("lost");
        std::process::abort();
    }
    let output = std::process::Command::new(std::env::current_exe().unwrap()).arg("abort").output().unwrap();
    println!("{:?} {:?}", output.status.to_string().contains("SIGABRT"), output.stdout);
}
