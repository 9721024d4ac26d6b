//! Starting programs: everything is prepared before the child exists, because the child must not allocate.
//!
//! Without `pre_exec` closures the child shares our memory until it has become the new program (`CLONE_VM |
//! CLONE_VFORK`, on a stack of its own) and says through that memory what failed. With closures it is a real copy
//! (`fork`), and the error comes back through a close-on-exec pipe.

use super::Running;
use super::program::Program;
use crate::ffi::{CString, OsStr, OsString};
use crate::io::{Error, ErrorKind, Result, const_error};
use crate::os::fd::{AsRawFd, OwnedFd};
use crate::process::stdio::Target;
use crate::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Ids, Stdio};
use crate::sys::fs as files;
use core::ptr;
use fullrust_sys::{Errno, arch, io as descriptors, process as kernel, signal};

/// What runs in the child before the program.
pub(crate) type PreExec = Box<dyn FnMut() -> Result<()> + Send + Sync>;

pub(super) const NUL_INSIDE: Error = const_error!(ErrorKind::InvalidInput, "nul byte found in provided data");

/// Everything that the child needs.
struct Plan<'a> {
    program: Program,
    directory: Option<CString>,
    ids: &'a Ids,
    /// Our descriptors for the child's 0, 1 and 2; each is above 2.
    streams: [Option<OwnedFd>; 3],
    pre_exec: &'a mut [PreExec],
}

pub(super) fn c_string(text: &OsStr) -> Result<CString> {
    CString::new(text.as_encoded_bytes()).map_err(|_| NUL_INSIDE)
}

/// The child's environment as `KEY=VALUE`, and its `PATH`.
fn environment(command: &Command) -> Result<(Vec<CString>, Option<Vec<u8>>)> {
    let Some(vars) = command.env.capture() else {
        return Ok((crate::sys::env::entries(), crate::env::var_os("PATH").map(OsString::into_encoded_bytes)));
    };
    let path = vars.get(OsStr::new("PATH")).map(|path| path.as_encoded_bytes().to_vec());
    let entries = vars
        .iter()
        .map(|(key, value)| [key.as_encoded_bytes(), b"=", value.as_encoded_bytes()].concat())
        .map(|entry| CString::new(entry).map_err(|_| NUL_INSIDE))
        .collect::<Result<_>>()?;
    Ok((entries, path))
}

/// The child's descriptor for a stream and, for a pipe, our end of it.
fn open_stream(target: &Target, child_reads: bool) -> Result<(Option<OwnedFd>, Option<OwnedFd>)> {
    let above_standard = |fd: i32| crate::sys::fd::duplicate(fd).map(crate::sys::fd::own);
    match target {
        Target::Inherit => Ok((None, None)),
        Target::Null => {
            let flags = if child_reads { files::O_RDONLY } else { files::O_RDWR };
            let null = files::open_at(files::AT_FDCWD, c"/dev/null", flags, 0)?;
            Ok((Some(above_standard_or(null)?), None))
        }
        Target::MakePipe => {
            let (reader, writer) = crate::sys::fd::owned_pipe()?;
            let (theirs, ours) = if child_reads { (reader, writer) } else { (writer, reader) };
            Ok((Some(above_standard_or(theirs)?), Some(ours)))
        }
        Target::Fd(fd) => Ok((Some(above_standard(fd.as_raw_fd())?), None)),
        Target::StaticFd(fd) => Ok((Some(above_standard(fd.as_raw_fd())?), None)),
    }
}

/// A descriptor below 3 could be overwritten before it is used.
fn above_standard_or(fd: OwnedFd) -> Result<OwnedFd> {
    if fd.as_raw_fd() > 2 { Ok(fd) } else { fd.try_clone() }
}

/// Starts a command; the defaults hold for streams that it does not set: input, then output and errors.
pub(crate) fn spawn(command: &mut Command, default_input: &Stdio, default_output: &Stdio) -> Result<Child> {
    // As under the real std: `posix_spawn` takes no scripts without an interpreter, `execvp` does.
    let is_searched_elsewhere = command.env.changes_path() && !command.program.as_encoded_bytes().contains(&b'/');
    let by_posix_spawn = command.ids.are_ours() && command.pre_exec.is_empty() && !is_searched_elsewhere;
    let (mut plan, ours) = prepare(command, default_input, default_output, !by_posix_spawn)?;
    let pid = if plan.pre_exec.is_empty() { plan.start_sharing_memory()? } else { plan.start_as_copy()? };
    let [stdin, stdout, stderr] = ours;
    Ok(Child {
        running: Running { pid, status: None },
        stdin: stdin.map(ChildStdin),
        stdout: stdout.map(ChildStdout),
        stderr: stderr.map(ChildStderr),
    })
}

/// Becomes the program; returns only if that fails.
pub(crate) fn exec(command: &mut Command) -> Error {
    let inherit = Stdio(Target::Inherit);
    match prepare(command, &inherit, &inherit, true) {
        Err(error) => error,
        Ok((mut plan, _ours)) => plan.become_program(),
    }
}

fn prepare<'a>(
    command: &'a mut Command,
    default_input: &Stdio,
    default_output: &Stdio,
    may_be_script: bool,
) -> Result<(Plan<'a>, [Option<OwnedFd>; 3])> {
    if command.has_nul {
        return Err(NUL_INSIDE);
    }
    let (entries, path) = environment(command)?;
    let (stdin, to_child) = open_stream(&command.stdin.as_ref().unwrap_or(default_input).0, true)?;
    let (stdout, from_child) = open_stream(&command.stdout.as_ref().unwrap_or(default_output).0, false)?;
    let (stderr, errors) = open_stream(&command.stderr.as_ref().unwrap_or(default_output).0, false)?;
    let arguments = command.args.iter().map(|arg| c_string(arg)).collect::<Result<_>>()?;
    let plan = Plan {
        program: Program::new(&command.program, path, arguments, entries, may_be_script)?,
        directory: command.cwd.as_ref().map(|cwd| c_string(cwd.as_os_str())).transpose()?,
        ids: &command.ids,
        streams: [stdin, stdout, stderr],
        pre_exec: &mut command.pre_exec,
    };
    Ok((plan, [to_child, from_child, errors]))
}

/// What a child that shares our memory works on.
struct Shared<'a, 'b> {
    plan: &'a mut Plan<'b>,
    failure: Option<Error>,
}

/// Room for the child between `clone` and `execve`.
#[repr(align(16))]
#[expect(dead_code, reason = "only its address is used")]
struct ChildStack([u8; 32 * 1024]);

/// # Safety
/// Only as the entry of a child that was cloned with a pointer to [`Shared`].
unsafe extern "C" fn shared_child(argument: *mut u8) -> ! {
    // SAFETY: the parent passes this type and sleeps until the child is gone.
    let shared = unsafe { &mut *argument.cast::<Shared<'_, '_>>() };
    shared.failure = Some(shared.plan.become_program());
    kernel::exit_group(127)
}

impl Plan<'_> {
    /// The fast way: no page tables are copied. All signals are blocked meanwhile, so that no handler of ours runs in
    /// the child on memory that is ours.
    fn start_sharing_memory(&mut self) -> Result<i32> {
        let mut stack = Box::<ChildStack>::new_uninit();
        let mut shared = Shared { plan: self, failure: None };
        let flags = kernel::CLONE_VM | kernel::CLONE_VFORK | signal::SIGCHLD as usize;
        let old = signal::sigprocmask(signal::SIG_BLOCK, signal::SigSet::ALL)?;
        // SAFETY: the stack and what the child touches live until it has left our memory, for which VFORK waits.
        let result = unsafe {
            let top = stack.as_mut_ptr().add(1).cast::<u8>();
            let argument = (&raw mut shared).cast::<u8>();
            let (no_tid, no_tls) = (ptr::null_mut(), ptr::null_mut());
            arch::clone(flags, top, no_tid, no_tid, no_tls, shared_child, argument)
        };
        let _restored = signal::sigprocmask(signal::SIG_SETMASK, old);
        let pid = result?;
        match shared.failure.take() {
            None => Ok(pid),
            Some(error) => {
                reap(pid);
                Err(error)
            }
        }
    }

    /// The way for closures, which may do anything.
    fn start_as_copy(&mut self) -> Result<i32> {
        let (reader, writer) = crate::sys::fd::owned_pipe()?;
        // SAFETY: the child makes system calls and runs the closures, whose author promised that this is sound.
        let pid = unsafe { kernel::fork() }?;
        if pid == 0 {
            let error = self.become_program();
            let code = error.raw_os_error().unwrap_or(Errno::EINVAL.raw());
            let _told = descriptors::write(writer.as_raw_fd(), &code.to_ne_bytes());
            kernel::exit_group(1);
        }
        drop(writer);
        let mut code = [0; 4];
        match crate::sys::io::retry(|| descriptors::read(reader.as_raw_fd(), &mut code)) {
            Ok(4) => {
                reap(pid);
                Err(Error::from_raw_os_error(i32::from_ne_bytes(code)))
            }
            // The pipe was closed by a successful `execve`.
            _ => Ok(pid),
        }
    }

    /// Runs in the child: sets everything up and executes the program. Allocates nothing unless a closure does.
    fn become_program(&mut self) -> Error {
        match self.set_up() {
            Err(error) => error,
            Ok(()) => self.program.execute().into(),
        }
    }

    fn set_up(&mut self) -> Result<()> {
        for (number, fd) in self.streams.iter().enumerate() {
            if let Some(fd) = fd {
                crate::sys::io::retry(|| descriptors::dup2(fd.as_raw_fd(), number as i32))?;
            }
        }
        self.change_ids()?;
        if let Some(directory) = &self.directory {
            fullrust_sys::fs::chdir(directory)?;
        }
        if let Some(group) = self.ids.process_group {
            kernel::setpgid(0, group)?;
        }
        fullrust_rt::signal::reset_for_exec();
        let _old = signal::sigprocmask(signal::SIG_SETMASK, signal::SigSet(0))?;
        self.pre_exec.iter_mut().try_for_each(|closure| closure())
    }

    fn change_ids(&self) -> Result<()> {
        if let Some(gid) = self.ids.gid {
            kernel::setgid(gid)?;
        }
        if let Some(uid) = self.ids.uid {
            // Root that becomes somebody else must not keep root's groups.
            if kernel::getuid() == 0 {
                kernel::setgroups(&[])?;
            }
            kernel::setuid(uid)?;
        }
        Ok(())
    }
}

/// Waits for a child that has failed before it became a program.
fn reap(pid: i32) {
    let _status = crate::sys::io::retry(|| kernel::wait4(pid, 0));
}
