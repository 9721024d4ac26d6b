using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.GuardRail;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.GuardRail;

[NeedsLibrary("the table of known names")]
public sealed class WellKnownNamesTests
{
    private static WellKnownName? Find(string name) =>
        WellKnownNames.TryFind(Encoding.UTF8.GetBytes(name), out WellKnownName found) ? found : null;

    [Theory]
    [InlineData("getpid", "the C library", "std::process::id")]
    [InlineData("malloc", "the C library", "std::alloc")]
    [InlineData("__errno_location", "the C library", "last_os_error")]
    [InlineData("__xpg_strerror_r", "the C library", "last_os_error")]
    [InlineData("sched_getaffinity", "the C library", "available_parallelism")]
    [InlineData("isatty", "the C library", "IsTerminal")]
    [InlineData("syscall", "the C library", "rustix")]
    [InlineData("getaddrinfo", "the C library", "ToSocketAddrs")]
    [InlineData("sin", "the C math library (libm)", "f64")]
    [InlineData("pthread_mutex_lock", "the POSIX thread library (libpthread)", "Mutex")]
    [InlineData("pthread_atfork", "the POSIX thread library (libpthread)", "fork")]
    [InlineData("__cxa_thread_atexit_impl", "the POSIX thread library (libpthread)", "thread_local!")]
    [InlineData("dlopen", "the dynamic loader (libdl)", "static")]
    [InlineData("timer_create", "the POSIX real-time library (librt)", "rustix")]
    [InlineData("_Unwind_Resume", "the unwinder (libgcc_s, libunwind)", "panic = \"abort\"")]
    [InlineData("__udivti3", "GCC's support library (libgcc)", "compiler_builtins")]
    [InlineData("SSL_new", "OpenSSL (libssl, libcrypto)", "rustls")]
    [InlineData("inflateInit2_", "zlib (libz)", "flate2")]
    [InlineData("sqlite3_open_v2", "SQLite (libsqlite3)", "redb")]
    [InlineData("_ZNSt6thread4joinEv", "the C++ library (libstdc++, libc++)", "C++")]
    [InlineData("__asan_report_load8", "a sanitizer's runtime", "sanitizer")]
    public void Name_IsAttributed(string name, string library, string advice)
    {
        Find(name).Should().NotBeNull();
        Find(name)!.Value.Library.Should().Be(library);
        Find(name)!.Value.Advice.Should().Contain(advice);
    }

    [Theory]
    [InlineData("open64", "open")]
    [InlineData("fstat64", "fstat")]
    [InlineData("__memcpy_chk", "memcpy")]
    [InlineData("__open64_2@GLIBC_2.7", null)]
    [InlineData("__isoc99_sscanf", "sscanf")]
    [InlineData("__isoc23_strtol", "strtol")]
    [InlineData("getpid@@GLIBC_2.2.5", "getpid")]
    [InlineData("sinf", "sin")]
    [InlineData("powl", "pow")]
    [InlineData("__exp_finite", "exp")]
    [InlineData("__sigaction", "sigaction")]
    public void Variant_IsFoundByItsPlainName(string variant, string? plain) =>
        Find(variant).Should().Be(plain == null ? null : Find(plain));

    [Theory]
    [InlineData("")]
    [InlineData("getpi")]
    [InlineData("getpidx")]
    [InlineData("getpid getppid")]
    [InlineData("my_function")]
    [InlineData("main")]
    [InlineData("surf")]
    [InlineData("f")]
    [InlineData("i")]
    public void OtherName_IsNotKnown(string name) => Find(name).Should().BeNull();

    [Fact]
    public void Names_StandInOneGroupOnly()
    {
        List<string> names = WellKnownNames.AllNames().ToList();
        names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key).Should().BeEmpty();
        names.Count.Should().BeGreaterThan(1000);
        names.Should().OnlyContain(name => name.Length > 0 && Find(name) != null);
    }
}
