//! Starting programs: output, input, environment, directory, redirection, failures, status.
use std::fs::{self, File};
use std::io::{prelude::*, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

fn sh(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(script);
    command
}

fn main() -> std::io::Result<()> {
    println!("{:?}", Command::new("echo").args(["a", "b c"]).output()?);
    println!("{:?}", sh("echo out; echo err >&2; exit 3").output()?);
    println!("{:?} {}", sh("exit 7").status()?, sh("exit 0").status()?.success());
    for script in ["kill -9 $$", "kill -6 $$", "exit 255"] {
        let status = sh(script).stderr(Stdio::null()).status()?;
        println!("{status:?} {status} {:?} {:?} {}", status.code(), status.signal(), status.core_dumped() && false);
    }
    for raw in [0, 0x100, 9, 0x8b, 0x137f, 0xffff, 64] {
        let status = ExitStatus::from_raw(raw);
        println!("{status:?} {status} {:?} {:?} {:?} {} {}", status.code(), status.signal(), status.stopped_signal(), status.continued(), status.into_raw());
    }

    let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.as_mut().unwrap().write_all(b"through cat")?;
    println!("{:?}", child.wait_with_output()?);
    let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    println!("{:?} {:?}", child.try_wait()?, child.id() > 0);
    println!("{:?}", child.wait()?);
    let mut text = String::new();
    println!("{:?} {text:?}", child.stdout.take().unwrap().read_to_string(&mut text)?);
    println!("{:?} {:?} {:?}", child.try_wait()?, child.kill(), child.wait()?);
    let mut child = Command::new("sleep").arg("60").spawn()?;
    println!("{:?} {:?}", child.kill(), child.wait()?);
    let big = sh("i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789; echo 0123456789012345678901234567890123456789 >&2; i=$((i+1)); done").output()?;
    println!("{} {}", big.stdout.len(), big.stderr.len());

    println!("{:?}", Command::new("/nonexistent/program").spawn().err());
    println!("{:?}", Command::new("nonexistent-program").status().err());
    println!("{:?}", Command::new("/etc").output().err());
    println!("{:?}", Command::new("/etc/passwd").output().err());
    println!("{:?}", Command::new("a\0b").spawn().err());
    println!("{:?}", Command::new("true").arg("a\0b").spawn().err());
    println!("{:?}", Command::new("true").current_dir("/nonexistent").spawn().err());
    println!("{:?}", Command::new("").spawn().err());

    println!("{:?}", sh("echo $A-$B-$C").env("A", "1").envs([("B", "2"), ("C", "3")]).env_remove("C").output()?.stdout);
    println!("{:?}", Command::new("/usr/bin/env").env_clear().env("ONLY", "this").output()?);
    println!("{:?}", Command::new("pwd").current_dir("/usr").output()?.stdout);
    println!("{:?}", sh("echo $0").arg0("renamed").output()?.stdout.is_empty());
    fs::create_dir("bin")?;
    fs::write("bin/tool", "#!/bin/sh\necho tool $1\n")?;
    use std::os::unix::fs::PermissionsExt;
    println!("{:?}", Command::new("tool").env("PATH", std::env::current_dir()?.join("bin")).output().err());
    fs::set_permissions("bin/tool", fs::Permissions::from_mode(0o755))?;
    println!("{:?}", Command::new("tool").arg("x").env("PATH", format!("{}:/bin", std::env::current_dir()?.join("bin").display())).output()?);
    println!("{:?}", Command::new("bin/tool").output()?);

    let file = File::create("out")?;
    println!("{}", sh("echo to file; echo error >&2").stdout(file.try_clone()?).stderr(file).status()?);
    println!("{:?}", fs::read_to_string("out")?);
    println!("{:?}", Command::new("wc").arg("-c").stdin(File::open("out")?).output()?.stdout);
    println!("{:?}", sh("echo visible").stdout(Stdio::inherit()).status()?);
    let mut first = sh("echo piped along").stdout(Stdio::piped()).spawn()?;
    println!("{:?}", Command::new("cat").stdin(first.stdout.take().unwrap()).output()?.stdout);
    first.wait()?;
    println!("{:?}", sh("echo swapped >&2").stderr(std::io::stdout()).status()?);

    let mut command = sh("echo $X");
    unsafe {
        command.pre_exec(|| {
            std::env::set_current_dir("/")?;
            Ok(())
        });
    }
    println!("{:?}", command.output()?.status);
    let mut command = sh("pwd");
    unsafe { command.pre_exec(|| std::env::set_current_dir("/usr")) };
    println!("{:?}", command.output()?.stdout);
    let mut failing = sh("true");
    unsafe { failing.pre_exec(|| Err(std::io::Error::from_raw_os_error(95))) };
    println!("{:?}", failing.spawn().err());
    println!("{:?}", sh("ps -o pgid= -p $$ | tr -d ' '; echo $$").process_group(0).output().map(|o| {
        let text = String::from_utf8(o.stdout).unwrap();
        let mut lines = text.lines();
        lines.next() == lines.next()
    }));

    let command = {
        let mut c = Command::new("prog");
        c.arg("x y").env("K", "v w").env_remove("R").current_dir("/d").arg0("zero");
        c
    };
    println!("{command:?}");
    println!("{:?} {:?} {:?} {:?}", command.get_program(), command.get_args(), command.get_envs(), command.get_current_dir());
    println!("{:?} {:?}", command.get_args().len(), command.get_args().next());
    println!("{:?}", Command::new("p").env_clear());
    println!("{:?} {:?}", std::process::id() == std::os::unix::process::parent_id(), Stdio::piped());
    std::thread::sleep(Duration::from_millis(1));
    println!("{:?}", Command::new("/nonexistent").exec());
    print!("unflushed stays ours\n");
    println!("{:?}", sh("echo replaced; exit 4").exec());
    Ok(())
}
