//! The first process of a machine that has nothing but this file: what of std must work on every kernel, without `/proc`.
use std::collections::HashMap;
use std::fs::{self, File, FileTimes};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio, exit};
use std::sync::{Arc, Barrier, Condvar, Mutex, RwLock, mpsc};
use std::time::{Duration, Instant, SystemTime};
use std::{env, thread};

fn files() -> io::Result<()> {
    fs::create_dir_all("/w/a/b")?;
    env::set_current_dir("/w")?;
    fs::write("a/one", vec![7; 100_000])?;
    println!("{} {}", fs::copy("a/one", "a/two")?, fs::read("a/two")? == vec![7; 100_000]);
    println!("{}", io::copy(&mut File::open("a/one")?.take(5000), &mut File::create("a/three")?)?);
    symlink("one", "a/link")?;
    println!("{:?} {:?} {:?}", fs::read_link("a/link")?, fs::canonicalize("a/link")?, fs::metadata("a/link")?.len());
    fs::set_permissions("a/two", fs::Permissions::from_mode(0o640))?;
    let time = SystemTime::UNIX_EPOCH + Duration::new(1_234_567, 0);
    File::options().write(true).open("a/two")?.set_times(FileTimes::new().set_modified(time))?;
    let facts = fs::metadata("a/two")?;
    println!("{:o} {} {:?}", facts.mode(), facts.mtime(), facts.modified()?.duration_since(time));
    fs::hard_link("a/two", "a/b/hard")?;
    fs::rename("a/three", "a/b/moved")?;
    let mut names: Vec<_> =
        fs::read_dir("a")?.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<_, _>>()?;
    names.sort();
    println!("{names:?} {:?}", fs::exists("a/none")?);
    let file = File::open("a/one")?;
    println!(
        "{:?} {:?} {:?}",
        file.try_lock(),
        File::open("a/one")?.try_lock(),
        File::open("a/none").map_err(|e| e.kind())
    );
    fs::remove_dir_all("a")?;
    println!("{:?} {:?}", fs::read_dir(".")?.count(), env::current_dir()?);
    println!("{:?}", env::current_exe().map_err(|error| error.kind()));
    Ok(())
}

fn threads() {
    let (sender, receiver) = mpsc::sync_channel(3);
    let shared = Arc::new((Mutex::new(0), Condvar::new(), RwLock::new(0), Barrier::new(4)));
    let workers: Vec<_> = (0..4)
        .map(|index| {
            let (sender, shared) = (sender.clone(), Arc::clone(&shared));
            thread::Builder::new().name(format!("w{index}")).spawn(move || {
                for step in 0..1000 {
                    *shared.0.lock().unwrap() += 1;
                    *shared.2.write().unwrap() += step;
                }
                shared.1.notify_all();
                shared.3.wait();
                sender.send(index).unwrap();
            })
        })
        .collect();
    drop(sender);
    let mut guard = shared.0.lock().unwrap();
    while *guard < 4000 {
        guard = shared.1.wait_timeout(guard, Duration::from_millis(50)).unwrap().0;
    }
    drop(guard);
    println!("{}", receiver.iter().sum::<i32>());
    workers.into_iter().for_each(|worker| worker.unwrap().join().unwrap());
    println!("{} {}", shared.0.lock().unwrap(), shared.2.read().unwrap());
    let start = Instant::now();
    thread::sleep(Duration::from_millis(30));
    thread::park_timeout(Duration::from_millis(5));
    println!("{} {}", start.elapsed() >= Duration::from_millis(30), thread::available_parallelism().is_ok());
    println!("{}", (0..200).map(|n| thread::spawn(move || n)).map(|handle| handle.join().unwrap()).sum::<i32>());
}

fn processes(own: &str) -> io::Result<()> {
    let out = Command::new(own).arg("child").env("KEY", "value").stdin(Stdio::null()).output()?;
    println!("{} {:?} {}", out.status, String::from_utf8_lossy(&out.stdout), out.stderr.len());
    let mut child = Command::new(own).arg("echo").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().unwrap();
    let writer = thread::spawn(move || input.write_all(&[b'x'; 200_000]));
    println!("{} {:?}", child.wait_with_output()?.stdout.len(), writer.join().unwrap());
    let mut sleeper = Command::new(own).arg("sleep").spawn()?;
    println!("{:?}", sleeper.try_wait()?);
    sleeper.kill()?;
    println!(
        "{:?} {:?}",
        sleeper.wait()?.signal(),
        Command::new("/none").spawn().map(drop).map_err(|error| error.kind())
    );
    println!(
        "{:?} {:?}",
        Command::new(own).arg("panic").output()?.status.code(),
        Command::new(own).arg("abort").output()?.status.signal()
    );
    println!("{:?}", Command::new(own).arg("overflow").output()?.status.signal());
    Ok(())
}

fn sockets() -> io::Result<()> {
    let listener = UnixListener::bind("/w/socket")?;
    let server = thread::spawn(move || -> io::Result<usize> {
        let mut bytes = Vec::new();
        listener.accept()?.0.read_to_end(&mut bytes)
    });
    UnixStream::connect("/w/socket")?.write_all(&[1; 70_000])?;
    println!("{}", server.join().unwrap()?);
    let (left, mut right) = UnixStream::pair()?;
    left.set_read_timeout(Some(Duration::from_millis(20)))?;
    println!("{:?}", (&left).read(&mut [0; 1]).map_err(|error| error.kind()));
    right.write_all(b"x")?;
    println!("{:?}", (&left).read(&mut [0; 9])?);
    Ok(())
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("child") => return println!("{:?} {:?}", env::var("KEY"), io::read_to_string(io::stdin())),
        Some("echo") => return drop(io::copy(&mut io::stdin(), &mut io::stdout())),
        Some("sleep") => return thread::sleep(Duration::from_secs(1000)),
        Some("panic") => panic!("wanted"),
        Some("abort") => std::process::abort(),
        Some("overflow") => {
            #[expect(unconditional_recursion, reason = "the stack is to run out")]
            fn deeper(n: u64) -> u64 {
                std::hint::black_box([n; 100])[3] + deeper(n + 1)
            }
            exit(deeper(0) as i32)
        }
        _ => {}
    }
    println!("== begin");
    println!("{:?}", files());
    threads();
    println!("{:?}", processes(&arguments[0]));
    println!("{:?}", sockets());
    let maps = HashMap::from([(1, 2)]);
    println!("{maps:?} {}", SystemTime::now() > SystemTime::UNIX_EPOCH);
    println!("== end");
}
