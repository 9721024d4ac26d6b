//! Child processes: starting, talking, waiting, ending, and every way in which starting fails.
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt, parent_id};
use std::process::*;
use std::time::{Duration, Instant};

fn sh(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

fn kind<T: std::fmt::Debug>(result: io::Result<T>) -> Result<T, (io::ErrorKind, Option<i32>, String)> {
    result.map_err(|error| (error.kind(), error.raw_os_error(), error.to_string()))
}

pub fn status_in_all_forms() -> io::Result<()> {
    for script in ["exit 0", "exit 1", "exit 255", "kill -9 $$", "kill -15 $$", "kill -1 $$", "kill -PIPE $$"] {
        let status = sh(script).status()?;
        println!("{status} | {status:?} {:?} {:?} {}", status.code(), status.signal(), status.success());
        println!("{:?} {:?} {}", status.stopped_signal(), status.continued(), status.core_dumped());
    }
    println!("{:?} {}", ExitStatus::default(), ExitStatus::from_raw(256) == ExitStatus::from_raw(256));
    for raw in 0..256 {
        println!("{}", ExitStatus::from_raw(raw));
    }
    println!("{:?}", Output { status: ExitStatus::default(), stdout: vec![b'a', 0xff], stderr: b"b\n".to_vec() });
    Ok(())
}

pub fn output_and_status() -> io::Result<()> {
    println!("{:?}", sh("echo out; echo err >&2; exit 3").output()?);
    println!("{:?}", sh("cat").output()?);
    println!("{:?}", Command::new("true").output()?);
    println!("{:?}", sh("echo shown").status()?);
    println!("{:?}", sh("echo a; echo b >&2").stdout(Stdio::null()).stderr(Stdio::inherit()).output()?);
    Ok(())
}

pub fn large_output_on_both() -> io::Result<()> {
    let script = "head -c 500000 /dev/zero & head -c 400000 /dev/zero >&2; wait";
    let output = sh(script).output()?;
    println!("{} {} {}", output.stdout.len(), output.stderr.len(), output.status);
    let mut child = sh("cat >&2; head -c 200000 /dev/zero")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(&vec![b'x'; 300_000]));
    let output = child.wait_with_output()?;
    println!("{} {} {:?}", output.stdout.len(), output.stderr.len(), writer.join().unwrap());
    Ok(())
}

pub fn talking() -> io::Result<()> {
    let mut child = sh("while read line; do echo \"got $line\"; done; echo end")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for text in ["one", "two"] {
        writeln!(stdin, "{text}")?;
        println!("{:?}", lines.next());
    }
    drop(stdin);
    println!("{:?} {:?} {:?}", lines.next(), lines.next().is_none(), child.wait()?);
    println!("{:?} {:?}", child.stdin.is_none(), child.stderr.is_none());
    Ok(())
}

pub fn wait_closes_stdin() -> io::Result<()> {
    let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    println!("{:?} {:?}", child.wait()?, child.stdin.is_none());
    println!("{:?} {:?}", child.wait()?, child.try_wait()?);
    Ok(())
}

pub fn waiting() -> io::Result<()> {
    let mut child = sh("sleep 0.1; exit 5").spawn()?;
    println!("{:?}", child.try_wait()?);
    let start = Instant::now();
    println!("{:?} {}", child.wait()?, start.elapsed() >= Duration::from_millis(50));
    println!("{:?}", child.try_wait()?);
    let mut child = sh("exit 6").spawn()?;
    while child.try_wait()?.is_none() {
        std::thread::yield_now();
    }
    println!("{:?}", child.try_wait()?);
    println!("{:?}", kind(child.kill()));
    Ok(())
}

pub fn killing() -> io::Result<()> {
    let mut child = Command::new("sleep").arg("60").spawn()?;
    println!("{:?} {:?} {:?}", child.kill(), child.kill(), child.wait()?);
    println!("{:?} {:?}", child.kill(), child.wait()?.signal());
    let mut child = Command::new("sleep").arg("60").spawn()?;
    Command::new("kill").args(["-STOP", &child.id().to_string()]).status()?;
    println!("{:?}", child.try_wait()?);
    println!("{:?} {:?}", child.kill(), child.wait()?);
    Ok(())
}

pub fn failures() -> io::Result<()> {
    fs::write("text", "not a program")?;
    fs::create_dir("folder")?;
    fs::write("script", "#!/nonexistent/interpreter\n")?;
    fs::write("empty", "")?;
    fs::write("short", "\x7fELF")?;
    use std::os::unix::fs::PermissionsExt;
    for name in ["script", "empty", "short"] {
        fs::set_permissions(name, fs::Permissions::from_mode(0o755))?;
    }
    for name in [
        "none", "./none", "text", "./text", "folder", "./folder", "./script", "./empty", "./short", "", "/", "text/x",
        "a\0b",
    ] {
        println!("{name:?} {:?}", kind(Command::new(name).spawn()));
        println!("{:?}", kind(Command::new(name).output()));
        println!("{:?}", kind(Command::new(name).status()));
    }
    println!("{:?}", kind(Command::new("true").arg("a\0b").spawn()));
    println!("{:?}", kind(Command::new("true").env("a\0b", "c").spawn()));
    println!("{:?}", kind(Command::new("true").env("a", "c\0").spawn()));
    println!("{:?}", kind(Command::new("true").current_dir("none").spawn()));
    println!("{:?}", kind(Command::new("true").current_dir("text").spawn()));
    println!("{:?}", kind(Command::new("true").current_dir("a\0").spawn()));
    println!("{:?}", kind(Command::new("true").arg("x".repeat(3 << 20)).spawn()));
    println!("{:?}", kind(Command::new("x".repeat(5000)).spawn()));
    println!("{:?}", kind(Command::new(format!("./{}", "y".repeat(300))).spawn()));
    println!("{:?}", kind(Command::new("true").arg0("a\0").spawn()));
    println!("{:?} {:?}", kind(Command::new("none").spawn()), fs::read_dir("/proc/self/fd")?.count());
    Ok(())
}

pub fn where_programs_are_found() -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for (folder, text, mode) in [("one", "#!/bin/sh\necho one $0\n", 0o644), ("two", "#!/bin/sh\necho two\n", 0o755)] {
        fs::create_dir(folder)?;
        fs::write(format!("{folder}/tool"), text)?;
        fs::set_permissions(format!("{folder}/tool"), fs::Permissions::from_mode(mode))?;
    }
    let here = std::env::current_dir()?.display().to_string();
    for path in [
        "/none",
        &format!("{here}/one"),
        &format!("{here}/one:{here}/two"),
        &format!(":{here}/two"),
        "",
        &format!("{here}/two/"),
    ] {
        println!("{:?}", kind(Command::new("tool").env("PATH", path).output()));
    }
    unsafe { std::env::set_var("PATH", format!("{here}/two:/bin:/usr/bin")) };
    println!("{:?}", kind(Command::new("tool").output()));
    println!("{:?}", kind(Command::new("tool").env_clear().output()));
    println!("{:?}", kind(Command::new("tool").env_remove("PATH").output()));
    println!("{:?}", kind(Command::new("tool").env("OTHER", "x").output()));
    println!("{:?}", kind(Command::new("./tool").current_dir("two").output()));
    println!("{:?}", kind(Command::new("two/tool").output()));
    Ok(())
}

pub fn environment() -> io::Result<()> {
    unsafe { std::env::set_var("INHERITED", "yes") };
    let show = "env | grep -v '^_=\\|^PWD=\\|^SHLVL=\\|^OLDPWD=' | sort";
    let path = std::env::var("PATH").unwrap();
    println!("{:?}", sh("echo $INHERITED").output()?.stdout);
    println!("{:?}", String::from_utf8(sh(show).env_clear().env("PATH", &path).env("A", "1").output()?.stdout));
    println!("{:?}", sh("echo $A $B").envs([("A", "1"), ("B", "2")]).env_remove("A").output()?.stdout);
    println!("{:?}", sh("echo [$INHERITED]").env_remove("INHERITED").output()?.stdout);
    println!("{:?}", sh("echo [$X]").env("X", "1").env("X", "2").output()?.stdout);
    println!("{:?}", sh("echo [$X]").env("X", "1").env_clear().env("PATH", &path).output()?.stdout);
    println!(
        "{:?}",
        Command::new("/usr/bin/env").env_clear().env("Z", "1").env("A", "2").env("M", "").output()?.stdout
    );
    Ok(())
}

pub fn debug_forms() {
    let mut command = Command::new("program");
    println!("{command:?}");
    command.arg("a b").arg("\"").arg("").env("K", "v").env("B", "w x").env_remove("R").current_dir("/d");
    println!("{command:?} {command:#?}");
    println!("{:?} {:?} {:?}", command.get_program(), command.get_args(), command.get_envs());
    println!("{:?} {:?}", command.get_current_dir(), command.get_args().len());
    println!("{:?} {:?}", command.get_envs().len(), command.get_envs().collect::<Vec<_>>());
    println!("{:?}", command.env_clear());
    println!("{:?}", command.env("ONLY", "1"));
    println!("{:?}", Command::new("x").arg0("y"));
    println!("{:?}", Command::new("x").uid(1).gid(2).process_group(0));
    println!("{:?} {:?} {:?}", Stdio::null(), Stdio::piped(), Stdio::inherit());
    println!("{:?}", Command::new("x").env("a=b", "c"));
    let mut nul = Command::new("a\0b");
    nul.arg("c\0").arg("plain").current_dir("d\0").env("e\0", "f\0");
    println!("{nul:?} {nul:#?} {:?} {:?}", nul.get_program(), nul.get_args().collect::<Vec<_>>());
    println!("{:?} {:?}", nul.get_current_dir(), nul.get_envs().collect::<Vec<_>>());
    let mut full = Command::new("pr\u{f6}\n'");
    full.arg("\u{e4} b")
        .current_dir("/\u{f6}")
        .uid(5)
        .gid(6)
        .process_group(7)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(io::stdout());
    println!("{full:?} {full:#?}");
}

pub fn redirection() -> io::Result<()> {
    fs::write("in", "input\n")?;
    let out = File::create("out")?;
    println!("{:?}", sh("cat; echo err >&2").stdin(File::open("in")?).stdout(out.try_clone()?).stderr(out).status()?);
    println!("{:?}", fs::read_to_string("out"));
    let (reader, writer) = io::pipe()?;
    println!("{:?}", sh("echo into a pipe; echo both >&2").stdout(writer.try_clone()?).stderr(writer).status()?);
    println!("{:?}", io::read_to_string(reader));
    let mut first = sh("echo chained").stdout(Stdio::piped()).spawn()?;
    let second = Command::new("tr").args(["a-z", "A-Z"]).stdin(first.stdout.take().unwrap()).output()?;
    println!("{second:?} {:?}", first.wait()?);
    println!("{:?}", sh("echo to stderr").stdout(io::stderr()).status()?);
    println!("{:?}", sh("echo to stdout >&2").stderr(io::stdout()).status()?);
    let owned: OwnedFd = File::create("owned")?.into();
    println!("{:?} {:?}", sh("echo x").stdout(owned).status()?, fs::read("owned"));
    let mut child = sh("cat").stdin(Stdio::piped()).stdout(File::create("piped")?).spawn()?;
    child.stdin.take().unwrap().write_all(b"text")?;
    println!("{:?} {:?}", child.wait()?, fs::read_to_string("piped"));
    println!("{:?}", sh("read x; echo \"[$x]\"").stdin(Stdio::null()).output()?);
    Ok(())
}

pub fn same_command_twice() -> io::Result<()> {
    let mut command = sh("echo run");
    println!("{:?} {:?}", command.output()?.stdout, command.output()?.stdout);
    command.stdout(Stdio::null());
    println!("{:?} {:?}", command.status()?, command.output()?.stdout);
    let spawned: Vec<_> = (0..5).map(|i| sh(&format!("exit {i}")).spawn().unwrap()).collect();
    println!("{:?}", spawned.into_iter().map(|mut child| child.wait().unwrap().code()).collect::<Vec<_>>());
    Ok(())
}

pub fn identity() -> io::Result<()> {
    println!("{:?}", sh("id -u; id -g; id -G").uid(1000).gid(1001).output());
    println!("{:?}", sh("id -u; id -g").uid(65534).output());
    println!("{:?}", kind(sh("true").gid(u32::MAX - 1).output().map(|o| o.status.success())));
    let child = sh("ps -o pgid= -p $$ | tr -d ' '").process_group(0).stdout(Stdio::piped()).spawn()?;
    let id = child.id();
    println!("{}", String::from_utf8(child.wait_with_output()?.stdout).unwrap().trim() == id.to_string());
    println!("{:?}", kind(sh("true").process_group(1).status()));
    println!("{:?}", Command::new("sh").arg("-c").arg("echo $0").arg0("other").output()?.stdout);
    println!(
        "{:?}",
        Command::new("sleep")
            .arg0("nap")
            .arg("x")
            .output()
            .map(|o| String::from_utf8(o.stderr).unwrap().starts_with("nap"))
    );
    println!("{} {}", id != 0, parent_id() != std::process::id());
    Ok(())
}

pub fn before_exec() -> io::Result<()> {
    let mut command = sh("pwd; echo $SET");
    unsafe { command.pre_exec(|| std::env::set_current_dir("/usr")).pre_exec(|| std::env::set_current_dir("bin")) };
    println!("{:?}", command.output()?.stdout);
    let mut failing = sh("true");
    unsafe { failing.pre_exec(|| Err(io::Error::from_raw_os_error(17))) };
    println!("{:?}", kind(failing.spawn()));
    let mut other = sh("true");
    unsafe { other.pre_exec(|| Err(io::Error::other("without a number"))) };
    println!("{:?}", kind(other.status()));
    let mut kinded = sh("true");
    unsafe { kinded.pre_exec(|| Err(io::ErrorKind::NotFound.into())) };
    println!("{:?}", kind(kinded.status()));
    let mut writes = sh("echo then");
    unsafe { writes.pre_exec(|| io::stderr().write_all(b"first\n")) };
    println!("{:?}", writes.output()?);
    Ok(())
}

pub fn exec_replaces() {
    print!("flushed by hand ");
    io::stdout().flush().unwrap();
    let error = sh("echo replaced $X; exit 9").env("X", "y").exec();
    println!("not reached {error}");
}

pub fn exec_fails() {
    println!("{:?}", Command::new("/none").exec());
    println!("{:?}", Command::new("true").current_dir("/none").exec());
    println!("{:?}", Command::new("a\0").exec());
    println!("still here {:?}", std::env::current_dir().is_ok());
}

pub fn exec_with_redirection() -> io::Result<()> {
    let error = sh("cat; echo err >&2; pwd").stdin(Stdio::null()).stderr(File::create("err")?).current_dir("/").exec();
    Err(error)
}

/// Without the signals above 31, of which glibc keeps two for itself.
fn standard_signals(line: &str) -> String {
    let (name, mask) = line.split_once(":\t").unwrap();
    format!("{name} {:x}", u64::from_str_radix(mask, 16).unwrap() & 0x7fff_ffff)
}

pub fn what_children_inherit() -> io::Result<()> {
    let file = File::create("open")?;
    let listing = sh("ls /proc/self/fd | tr '\\n' ' '").output()?;
    println!("{:?} {}", String::from_utf8(listing.stdout), file.as_raw_fd() > 2);
    let status = fs::read_to_string("/proc/self/status")?;
    let signals = |text: &str| {
        text.lines()
            .filter(|l| l.starts_with("SigIgn") || l.starts_with("SigBlk"))
            .map(standard_signals)
            .collect::<Vec<_>>()
    };
    println!("{:?}", signals(&status));
    println!("{:?}", signals(&String::from_utf8(sh("exec cat /proc/self/status").output()?.stdout).unwrap()));
    let mut hooked = Command::new("cat");
    hooked.arg("/proc/self/status");
    unsafe { hooked.pre_exec(|| Ok(())) };
    println!("{:?}", signals(&String::from_utf8(hooked.output()?.stdout).unwrap()));
    println!("{:?}", sh("yes | head -1; echo ${PIPESTATUS:-x}").output()?.stdout);
    Ok(())
}

pub fn conversions() -> io::Result<()> {
    let mut child =
        sh("cat; echo err >&2").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdin, stdout, stderr) =
        (child.stdin.take().unwrap(), child.stdout.take().unwrap(), child.stderr.take().unwrap());
    println!("{:?}", [stdin.as_raw_fd(), stdout.as_raw_fd(), stderr.as_raw_fd()].iter().all(|fd| *fd > 2));
    println!("{}", format!("{stdin:?} {stdout:?} {stderr:?}").starts_with("ChildStdin"));
    let owned: OwnedFd = stdin.into();
    File::from(owned).write_all(b"by a file")?;
    let mut text = String::new();
    ChildStdout::from(OwnedFd::from(stdout)).read_to_string(&mut text)?;
    let mut file = File::from(OwnedFd::from(stderr));
    let mut error = String::new();
    file.read_to_string(&mut error)?;
    println!("{text:?} {error:?} {:?} {:?}", child.wait()?, file.as_fd().as_raw_fd() > 2);
    println!("{}", format!("{child:?}").starts_with("Child { stdin: None, stdout: None, stderr: None"));
    Ok(())
}

pub fn from_many_threads() {
    let codes = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..4)
            .map(|i| {
                scope.spawn(move || {
                    (0..5).map(|j| sh(&format!("exit {}", i * 5 + j)).status().unwrap().code().unwrap()).sum::<i32>()
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect::<Vec<_>>()
    });
    println!("{codes:?}");
}

pub fn child_dies_first() -> io::Result<()> {
    let mut child = sh("exec <&-; exit 0").stdin(Stdio::piped()).spawn()?;
    std::thread::sleep(Duration::from_millis(50));
    let mut stdin = child.stdin.take().unwrap();
    println!("{:?} {:?}", kind(stdin.write_all(&[0; 100_000])), stdin.flush());
    println!("{:?}", child.wait()?);
    Ok(())
}

pub fn non_utf8_arguments() -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    let odd = std::ffi::OsStr::from_bytes(b"a\xffb");
    println!("{:?}", Command::new("printf").arg("%s").arg(odd).output()?.stdout);
    println!("{:?}", sh("printf %s \"$V\"").env("V", odd).output()?.stdout);
    println!("{:?}", Command::new(odd).arg(odd));
    Ok(())
}
