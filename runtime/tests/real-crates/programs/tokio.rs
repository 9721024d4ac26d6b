//# tokio!rt,time,sync,macros
fn main() { let rt = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap(); println!("{}", rt.block_on(async { let (s, r) = tokio::sync::oneshot::channel(); tokio::spawn(async move { tokio::time::sleep(std::time::Duration::from_millis(5)).await; s.send(7).unwrap() }); r.await.unwrap() })); }
