//! Child processes: failures of starting, streams, surroundings, statuses.
use std::io::{self, prelude::*};
use std::os::fd::*;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::{env, fs, thread, time::Duration};

fn show(r: io::Result<Output>) {
    match r {
        Ok(o) => {
            println!("{} {:?} {:?}", o.status, String::from_utf8_lossy(&o.stdout), String::from_utf8_lossy(&o.stderr))
        }
        Err(e) => println!("{:?} {:?} {}", e.kind(), e.raw_os_error(), e),
    }
}

pub fn failures_of_exec() -> io::Result<()> {
    show(Command::new("").output());
    show(Command::new("./nothing").output());
    show(Command::new("nothing-of-that-name").output());
    show(Command::new("/").output());
    show(Command::new("a\0b").output());
    show(Command::new("sh").arg("a\0b").output());
    show(Command::new("sh").env("A\0", "b").output());
    show(Command::new("true").env("A=B", "b").output());
    show(Command::new("true").env("", "b").output());
    show(Command::new("true").current_dir("a\0").output());
    show(Command::new("true").current_dir("nowhere").output());
    show(Command::new("./x").current_dir("nowhere").output());
    fs::write("plain", "echo hi\n")?;
    show(Command::new("./plain").output());
    fs::set_permissions("plain", fs::Permissions::from_mode(0o755))?;
    show(Command::new("./plain").output());
    fs::write("bad", "#!/nonexistent/interpreter\n")?;
    fs::set_permissions("bad", fs::Permissions::from_mode(0o755))?;
    show(Command::new("./bad").output());
    fs::write("good", "#!/bin/sh\necho $0 \"$@\"\n")?;
    fs::set_permissions("good", fs::Permissions::from_mode(0o755))?;
    show(Command::new("./good").args(["a b", "", "c"]).output());
    fs::create_dir("dir")?;
    show(Command::new("./dir").output());
    show(Command::new("./plain/x").output());
    show(Command::new("x".repeat(300)).output());
    show(Command::new(format!("/{}", "x/".repeat(3000))).output());
    show(Command::new("true").arg("y".repeat(200_000)).output());
    show(Command::new("good").env("PATH", "nowhere:.:/bin").output());
    show(Command::new("good").env("PATH", "").output());
    show(Command::new("good").env_clear().env("PATH", env::current_dir()?).output());
    show(Command::new("plain").env("PATH", ".").output());
    show(Command::new("good").env_remove("PATH").output());
    show(Command::new("sh").env_clear().args(["-c", "echo $PATH | wc -c; echo ${A-unset}"]).output());
    show(Command::new("ls").env_clear().arg("/nonexistent").output());
    Ok(())
}

pub fn streams() -> io::Result<()> {
    show(
        Command::new("sh").args(["-c", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; exit 3"]).output().map(
            |mut o| {
                println!("{} {}", o.stdout.len(), o.stderr.len());
                o.stdout.clear();
                o.stderr.clear();
                o
            },
        ),
    );
    show(Command::new("cat").stdin(Stdio::null()).output());
    show(Command::new("cat").output());
    show(
        Command::new("sh")
            .args(["-c", "cat; echo x >&2"])
            .stdin(fs::File::open("/etc/hostname").or(fs::File::open("/dev/null"))?)
            .stderr(Stdio::null())
            .output()
            .map(|mut o| {
                o.stdout.clear();
                o
            }),
    );
    println!("{:?}", Command::new("sh").args(["-c", "exit 7"]).status()?.code());
    println!("{:?}", Command::new("sh").args(["-c", "kill -9 $$"]).status()?);
    println!("{:?}", Command::new("sh").args(["-c", "kill -SEGV $$"]).status()?.signal());
    let mut c = Command::new("sh")
        .args(["-c", "read a; echo got $a; cat >/dev/null; exit 5"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    c.stdin.as_mut().unwrap().write_all(b"line\nmore\n")?;
    println!("{:?}", c.try_wait()?);
    let o = c.wait_with_output()?;
    println!("{:?}", o);
    let mut c = Command::new("sleep").arg("100").spawn()?;
    println!("{:?} {:?}", c.try_wait()?, c.id() > 1);
    c.kill()?;
    println!("{:?} {:?} {:?}", c.wait()?, c.wait()?, c.try_wait()?);
    println!("{:?}", c.kill());
    let mut c = Command::new("true").spawn()?;
    thread::sleep(Duration::from_millis(100));
    println!("{:?} {:?}", c.kill().is_ok(), c.wait()?);
    let first = Command::new("echo").arg("through").stdout(Stdio::piped()).spawn()?;
    show(Command::new("tr").args(["a-z", "A-Z"]).stdin(first.stdout.unwrap()).output());
    let out = fs::File::create("both")?;
    println!(
        "{}",
        Command::new("sh").args(["-c", "echo a; echo b >&2; echo c"]).stdout(out.try_clone()?).stderr(out).status()?
    );
    println!("{:?}", fs::read_to_string("both")?);
    println!("{}", Command::new("sh").args(["-c", "echo to stderr"]).stdout(io::stderr()).status()?);
    println!("{}", Command::new("sh").args(["-c", "echo to stdout >&2"]).stderr(io::stdout()).status()?);
    let (r, w) = io::pipe()?;
    let mut c = Command::new("sh").args(["-c", "echo pipe; echo err >&2"]).stdout(w.try_clone()?).stderr(w).spawn()?;
    println!("{:?} {}", io::read_to_string(r)?, c.wait()?);
    Ok(())
}

pub fn surroundings() -> io::Result<()> {
    show(Command::new("sh").arg0("other name").args(["-c", "echo $0; tr '\\0' ' ' </proc/$$/cmdline"]).output());
    show(Command::new("sh").args(["-c", "ls /proc/$$/fd"]).output());
    show(
        Command::new("sh")
            .process_group(0)
            .args(["-c", "[ $$ = $(cut -d' ' -f5 /proc/$$/stat) ] && echo leader"])
            .output(),
    );
    println!("{}", Command::new("sh").args(["-c", "exit 300"]).status()?);
    show(Command::new("sh").current_dir("/").args(["-c", "pwd; echo $PWD"]).output());
    fs::create_dir_all("sub/deep")?;
    fs::write("sub/deep/run", "#!/bin/sh\npwd | sed 's:.*/sub:sub:'\n")?;
    fs::set_permissions("sub/deep/run", fs::Permissions::from_mode(0o755))?;
    show(Command::new("./run").current_dir("sub/deep").output());
    show(Command::new("./sub/deep/run").current_dir("sub/deep").output());
    show(Command::new("id").args(["-u"]).uid(65534).gid(65534).output());
    show(Command::new("sh").args(["-c", "id -u; id -g; id -G"]).uid(65534).output());
    show(Command::new("sh").args(["-c", "id -u; id -g; id -G"]).gid(1).output());
    unsafe {
        show(Command::new("true").pre_exec(|| Err(io::Error::from_raw_os_error(42))).output());
        show(Command::new("true").pre_exec(|| Err(io::Error::other("no number"))).output());
        show(
            Command::new("sh")
                .args(["-c", "echo $A"])
                .pre_exec(|| {
                    io::stdout().write_all(b"in the child\n")?;
                    io::stdout().flush()
                })
                .env("A", "1")
                .output(),
        );
        show(Command::new("sh").args(["-c", "pwd"]).pre_exec(|| env::set_current_dir("/")).output());
    }
    let mut c = Command::new("a b");
    c.arg("c'd").env("X", "y z").env_remove("Q").current_dir("/tmp");
    println!("{:?}\n{:#?}", c, c);
    println!("{:?} {:?} {:?}", c.get_program(), c.get_args().collect::<Vec<_>>(), c.get_envs().collect::<Vec<_>>());
    let mut c = Command::new("é\"\u{1}");
    c.env_clear().arg0("zero").args(["", "\\", "$x"]);
    println!("{:?}\n{:#?}", c, c);
    println!("{:?}", Command::new("no").exec().kind());
    for raw in [0, 1, 9, 0x7f, 0x80, 0x8b, 0x0100, 0xff00, 0x137f, 0xffff, 0x10000, -1, i32::MIN] {
        let s = ExitStatus::from_raw(raw);
        println!(
            "{raw:#x}: {s} {s:?} {:?} {:?} {:?} {:?} {} {:?}",
            s.code(),
            s.signal(),
            s.core_dumped(),
            s.stopped_signal(),
            s.continued(),
            s.success()
        );
    }
    println!("{:?}", ExitStatus::default());
    Ok(())
}

pub fn waits_are_repeated() -> io::Result<()> {
    let mut c = Command::new("sh").args(["-c", "sleep 0.3; exit 4"]).spawn()?;
    loop {
        if let Some(s) = c.try_wait()? {
            println!("{s}");
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    println!("{}", c.wait_with_output()?.status);
    let c = Command::new("sh")
        .args(["-c", "exec >&-; sleep 0.2; exit 6"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    println!("{:?}", c.wait_with_output()?);
    let mut kids: Vec<_> =
        (0..20).map(|i| Command::new("sh").arg("-c").arg(format!("exit {i}")).spawn().unwrap()).collect();
    println!("{:?}", kids.iter_mut().rev().map(|c| c.wait().unwrap().code().unwrap()).collect::<Vec<_>>());
    let mut c = Command::new("cat").stdin(Stdio::piped()).spawn()?;
    let fd = c.stdin.as_ref().unwrap().as_raw_fd();
    println!("{}", fd > 2);
    println!("{}", c.wait()?);
    println!("{:?}", c.stdin.is_none());
    Ok(())
}
