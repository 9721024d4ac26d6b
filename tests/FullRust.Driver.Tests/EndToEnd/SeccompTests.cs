// The allow list of a real program: an ordinary crate with files, threads and maps runs under the filter made from it, and is killed
// as soon as one call that it makes is missing.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.ElfVerify.Syscalls;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class SeccompTests
{
    private const int Sigsys = 128 + 31;

    private const string Program = """
        use std::collections::HashMap;
        use std::io::{Read, Write};
        use std::{env, fs, thread};

        fn main() {
            let path = env::args().nth(1).expect("a path");
            let mut file = fs::File::create(&path).unwrap();
            writeln!(file, "one two two three three three").unwrap();
            drop(file);
            let mut text = String::new();
            fs::File::open(&path).unwrap().read_to_string(&mut text).unwrap();
            let counts = thread::spawn(move || {
                let mut counts = HashMap::new();
                for word in text.split_whitespace() {
                    *counts.entry(word.to_string()).or_insert(0) += 1;
                }
                counts
            });
            let counts = counts.join().unwrap();
            fs::remove_file(&path).unwrap();
            println!("three: {}", counts["three"]);
        }
        """;

    // Installs a filter read from a file, then becomes the program.
    private const string Launcher = """
        #include <fcntl.h>
        #include <linux/filter.h>
        #include <linux/seccomp.h>
        #include <sys/prctl.h>
        #include <unistd.h>
        int main(int argc, char **argv) {
            static struct sock_filter code[1024];
            int fd = open(argv[1], O_RDONLY);
            struct sock_fprog prog = { .len = read(fd, code, sizeof code) / sizeof *code, .filter = code };
            char *none[] = { 0 };
            close(fd);
            if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog)) return 99;
            execve(argv[2], argv + 2, none);
            return 98;
        }
        """;

    [FactWithExecutable("gcc", "cargo")]
    public void Program_UnderItsOwnAllowList_Runs_AndIsKilledWithoutACallThatItMakes()
    {
        using DriverRun crate = new DriverRun().With("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n").With("src/main.rs", Program).With("launcher.c", Launcher);
        crate.Cargo("build", "--release").ExitCode.Should().Be(0);
        string program = crate.Program("app", "release"), scratch = crate["scratch.txt"], policy = crate["policy.bpf"];
        crate.Run("gcc", "-O1", "-o", crate["launcher"], crate["launcher.c"]).ExitCode.Should().Be(0);
        crate.Run(Repository.ExecutableAs("fullrust-verify"), "syscalls", "--format", "bpf=" + policy, program).ExitCode.Should().Be(0);

        ToolResult allowed = crate.Run(crate["launcher"], policy, program, scratch);

        allowed.ExitCode.Should().Be(0, allowed.ToString());
        allowed.Output.Should().Be("three: 3\n");
        IReadOnlyList<int> numbers = SyscallInventory.Of(File.ReadAllBytes(program)).Numbers;
        foreach (string call in (string[])["openat", "write", "mmap", "clone", "unlinkat", "exit_group"])
        {
            SyscallNames.TryParse(call, out int removed).Should().BeTrue();
            numbers.Should().Contain(removed);
            using (FileStream stream = File.Create(policy))
                SeccompPolicy.WriteBpf(stream, [.. numbers.Where(number => number != removed)]);
            crate.Run(crate["launcher"], policy, program, scratch).ExitCode.Should().Be(Sigsys, call);
        }
    }
}
