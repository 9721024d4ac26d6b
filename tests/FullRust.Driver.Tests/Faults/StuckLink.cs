// A link that has done all its work and cannot deliver: its output is a FIFO that is open for reading and never read. What happens to
// a link on the way can so be looked at without haste.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using FluentAssertions;
using FullRust.TestKit;

namespace FullRust.Driver.Tests.Faults;

internal sealed class StuckLink : IDisposable
{
    /// <summary>Starts a linker that any signal ends, also where the tests themselves run with some ignored (nohup, background jobs).</summary>
    internal static readonly string[] EndedBySignals = ["env", "--default-signal=HUP,INT,TERM"];

    internal const string Pipe = "stuck", Input = "padded.o";
    private const int BytesWaiting = 0x541b, PipeCapacity = 1 << 16; // FIONREAD
    private readonly FileStream _reader;
    private readonly Process _process;

    /// <param name="folder">Where.</param>
    /// <param name="options">Further arguments of the linker.</param>
    /// <param name="makeFlags">MAKEFLAGS for it.</param>
    /// <param name="prefix">A program that starts the linker, with its arguments.</param>
    internal StuckLink(FaultFolder folder, IEnumerable<string> options, string? makeFlags, params string[] prefix)
    {
        string path = folder[Pipe];
        if (!File.Exists(path))
            ToolRunner.Run("mkfifo", [path]).ExitCode.Should().Be(0);
        // Read and write: opening does not wait for the other end.
        _reader = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        folder.Assemble(Input, ".globl _start\n_start: ret\n.data\n.fill 1000000, 1, 7\n");
        string[] arguments = [.. prefix, FaultFolder.Linker, Input, "-o", Pipe, .. options];
        _process = ToolRunner.Start(arguments[0], arguments[1..], folder.Path, new Dictionary<string, string?> { ["MAKEFLAGS"] = makeFlags });
        WaitUntilItWrites();
    }

    internal void Send(int signal) => FaultFolder.Signal(_process, signal);

    /// <summary>Ends it by a signal.</summary>
    internal int End(int signal)
    {
        Send(signal);
        _process.WaitForExit(30_000).Should().BeTrue();
        return _process.ExitCode;
    }

    /// <summary>Reads everything, so that it ends by itself.</summary>
    internal int Deliver()
    {
        var buffer = new byte[1 << 16];
        while (!_process.WaitForExit(0))
        {
            if (!_process.WaitForExit(20))
                _ = _reader.Read(buffer, 0, buffer.Length);
        }

        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _reader.Dispose();
    }

    private void WaitUntilItWrites()
    {
        for (int i = 0; i < 3000; i++)
        {
            if (_process.HasExited)
                throw new InvalidOperationException(_process.StandardError.ReadToEnd());
            _ = IoCtl((int)_reader.SafeFileHandle.DangerousGetHandle(), BytesWaiting, out int waiting);
            if (waiting == PipeCapacity)
                return;
            Thread.Sleep(10);
        }

        throw new TimeoutException("the link does not reach its output");
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    private static extern int IoCtl(int descriptor, nuint request, out int value);
}
