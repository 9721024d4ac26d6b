//! A program to be started.

use super::stdio::Target;
use super::{Child, Command, CommandArgs, CommandEnvs, ExitStatus, Output, Stdio};
use crate::collections::BTreeMap;
use crate::ffi::{CString, OsStr, OsString};
use crate::path::Path;
use crate::sys::process as sys;
use crate::{fmt, io};

/// Whose rights the child has, and which group it belongs to.
#[derive(Default)]
pub(crate) struct Ids {
    pub(crate) uid: Option<u32>,
    pub(crate) gid: Option<u32>,
    pub(crate) process_group: Option<i32>,
}

impl Ids {
    /// Whether the child stays the same user.
    pub(crate) fn are_ours(&self) -> bool {
        self.uid.is_none() && self.gid.is_none()
    }
}

/// Changes to the environment that the child gets.
#[derive(Clone, Default)]
pub(crate) struct CommandEnv {
    clear: bool,
    vars: BTreeMap<OsString, Option<OsString>>,
}

impl CommandEnv {
    fn is_unchanged(&self) -> bool {
        !self.clear && self.vars.is_empty()
    }

    /// Whether the child may have another `PATH` than we.
    pub(crate) fn changes_path(&self) -> bool {
        self.clear || self.vars.contains_key(OsStr::new("PATH"))
    }

    /// The child's environment, or `None` for ours.
    pub(crate) fn capture(&self) -> Option<BTreeMap<OsString, OsString>> {
        if self.is_unchanged() {
            return None;
        }
        let mut all = BTreeMap::new();
        if !self.clear {
            all.extend(crate::env::vars_os());
        }
        for (key, value) in &self.vars {
            match value {
                Some(value) => drop(all.insert(key.clone(), value.clone())),
                None => drop(all.remove(key)),
            }
        }
        Some(all)
    }
}

impl fmt::Debug for CommandEnv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommandEnv").field("clear", &self.clear).field("vars", &self.vars).finish()
    }
}

impl Command {
    /// A program by its name or path, with no arguments, our environment, directory and streams.
    pub fn new<S: AsRef<OsStr>>(program: S) -> Command {
        let mut has_nul = false;
        let program = text_for_c(program.as_ref(), &mut has_nul);
        Command {
            args: vec![program.clone()],
            program,
            has_nul,
            env: CommandEnv::default(),
            cwd: None,
            stdin: None,
            stdout: None,
            stderr: None,
            ids: Ids::default(),
            pre_exec: Vec::new(),
            create_pidfd: false,
        }
    }

    /// Adds an argument.
    pub fn arg<S: AsRef<OsStr>>(&mut self, arg: S) -> &mut Command {
        self.args.push(text_for_c(arg.as_ref(), &mut self.has_nul));
        self
    }

    /// Adds arguments.
    pub fn args<I, S>(&mut self, args: I) -> &mut Command
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        for arg in args {
            self.arg(arg);
        }
        self
    }

    /// Sets a variable for the child.
    pub fn env<K, V>(&mut self, key: K, val: V) -> &mut Command
    where
        K: AsRef<OsStr>,
        V: AsRef<OsStr>,
    {
        self.env.vars.insert(key.as_ref().to_os_string(), Some(val.as_ref().to_os_string()));
        self
    }

    /// Sets variables for the child.
    pub fn envs<I, K, V>(&mut self, vars: I) -> &mut Command
    where
        I: IntoIterator<Item = (K, V)>,
        K: AsRef<OsStr>,
        V: AsRef<OsStr>,
    {
        for (key, value) in vars {
            self.env(key, value);
        }
        self
    }

    /// Takes a variable away from the child.
    pub fn env_remove<K: AsRef<OsStr>>(&mut self, key: K) -> &mut Command {
        let key = key.as_ref();
        if self.env.clear {
            self.env.vars.remove(key);
        } else {
            self.env.vars.insert(key.to_os_string(), None);
        }
        self
    }

    /// Takes all variables away from the child.
    pub fn env_clear(&mut self) -> &mut Command {
        self.env.clear = true;
        self.env.vars.clear();
        self
    }

    /// The directory that the child starts in.
    pub fn current_dir<P: AsRef<Path>>(&mut self, dir: P) -> &mut Command {
        self.cwd = Some(text_for_c(dir.as_ref().as_os_str(), &mut self.has_nul).into());
        self
    }

    /// Where the child's standard input comes from.
    pub fn stdin<T: Into<Stdio>>(&mut self, cfg: T) -> &mut Command {
        self.stdin = Some(cfg.into());
        self
    }

    /// Where the child's standard output leads.
    pub fn stdout<T: Into<Stdio>>(&mut self, cfg: T) -> &mut Command {
        self.stdout = Some(cfg.into());
        self
    }

    /// Where the child's standard error leads.
    pub fn stderr<T: Into<Stdio>>(&mut self, cfg: T) -> &mut Command {
        self.stderr = Some(cfg.into());
        self
    }

    /// Starts the program.
    pub fn spawn(&mut self) -> io::Result<Child> {
        sys::spawn(self, &Stdio(Target::Inherit), &Stdio(Target::Inherit))
    }

    /// Runs the program to its end and collects what it writes.
    pub fn output(&mut self) -> io::Result<Output> {
        sys::spawn(self, &Stdio(Target::Null), &Stdio(Target::MakePipe))?.wait_with_output()
    }

    /// Runs the program to its end.
    pub fn status(&mut self) -> io::Result<ExitStatus> {
        self.spawn()?.wait()
    }

    /// The program.
    #[must_use]
    pub fn get_program(&self) -> &OsStr {
        &self.program
    }

    /// The arguments.
    pub fn get_args(&self) -> CommandArgs<'_> {
        CommandArgs { inner: self.args[1..].iter() }
    }

    /// The changes to the environment; `None` is a removal.
    pub fn get_envs(&self) -> CommandEnvs<'_> {
        CommandEnvs { iter: self.env.vars.iter() }
    }

    /// The directory that the child starts in, if it was set.
    #[must_use]
    pub fn get_current_dir(&self) -> Option<&Path> {
        self.cwd.as_deref()
    }

    fn debug_fields(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Command");
        let args: Vec<_> = self.args.iter().map(|arg| AsCString(arg)).collect();
        shown.field("program", &AsCString(&self.program)).field("args", &args);
        if !self.env.is_unchanged() {
            shown.field("env", &self.env);
        }
        if let Some(cwd) = &self.cwd {
            shown.field("cwd", &Some(AsCString(cwd.as_os_str())));
        }
        if self.ids.uid.is_some() {
            shown.field("uid", &self.ids.uid);
        }
        if self.ids.gid.is_some() {
            shown.field("gid", &self.ids.gid);
        }
        for (name, stream) in [("stdin", &self.stdin), ("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if let Some(stream) = stream {
                shown.field(name, &Some(&stream.0));
            }
        }
        if self.ids.process_group.is_some() {
            shown.field("pgroup", &self.ids.process_group);
        }
        shown.field("create_pidfd", &self.create_pidfd).finish()
    }
}

impl fmt::Debug for Command {
    /// As one would type it into a shell; the alternate form shows the fields.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return self.debug_fields(f);
        }
        if let Some(cwd) = &self.cwd {
            write!(f, "cd {:?} && ", AsCString(cwd.as_os_str()))?;
        }
        if self.env.clear {
            f.write_str("env -i ")?;
        } else {
            let mut removed = self.get_envs().filter(|(_, value)| value.is_none()).peekable();
            if removed.peek().is_some() {
                f.write_str("env ")?;
            }
            for (key, _) in removed {
                write!(f, "-u {} ", key.to_string_lossy())?;
            }
        }
        for (key, value) in self.get_envs() {
            if let Some(value) = value {
                write!(f, "{}={value:?} ", key.to_string_lossy())?;
            }
        }
        if self.program != self.args[0] {
            write!(f, "[{:?}] ", AsCString(&self.program))?;
        }
        write!(f, "{:?}", AsCString(&self.args[0]))?;
        self.args[1..].iter().try_for_each(|arg| write!(f, " {arg:?}"))
    }
}

/// A text that the kernel gets as a C string, or what stands for one that cannot be.
pub(crate) fn text_for_c(text: &OsStr, has_nul: &mut bool) -> OsString {
    if !text.as_encoded_bytes().contains(&0) {
        return text.to_os_string();
    }
    *has_nul = true;
    OsString::from("<string-with-nul>")
}

/// Shows a text as a C string shows itself.
struct AsCString<'a>(&'a OsStr);

impl fmt::Debug for AsCString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        CString::new(self.0.as_encoded_bytes()).unwrap_or_default().fmt(f)
    }
}

impl<'a> Iterator for CommandArgs<'a> {
    type Item = &'a OsStr;
    fn next(&mut self) -> Option<&'a OsStr> {
        self.inner.next().map(OsString::as_os_str)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl ExactSizeIterator for CommandArgs<'_> {}

impl fmt::Debug for CommandArgs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let args: Vec<_> = self.inner.clone().map(|arg| AsCString(arg)).collect();
        f.debug_struct("CommandArgs").field("inner", &args).finish()
    }
}

impl<'a> Iterator for CommandEnvs<'a> {
    type Item = (&'a OsStr, Option<&'a OsStr>);
    fn next(&mut self) -> Option<Self::Item> {
        self.iter.next().map(|(key, value)| (&**key, value.as_deref()))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}

impl ExactSizeIterator for CommandEnvs<'_> {}

impl fmt::Debug for CommandEnvs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommandEnvs").field("iter", &self.iter).finish()
    }
}
