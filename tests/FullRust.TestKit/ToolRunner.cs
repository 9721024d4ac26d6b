// Runs programs for tests: output as text, a time limit, and never anything on standard input.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace FullRust.TestKit;

/// <summary>What a program did.</summary>
/// <param name="ExitCode">Its exit code; 128 plus the signal if one ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Duration">Wall time.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error, TimeSpan Duration)
{
    /// <summary>Everything, for the message of a failing assertion.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}

/// <summary>Runs programs. Thread-safe.</summary>
public static class ToolRunner
{
    /// <summary>The time after which a program counts as hanging.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Name in PATH, or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its current folder; null for ours.</param>
    /// <param name="environment">Variables to set; a null value removes one.</param>
    /// <param name="limit">When to give up; null for <see cref="DefaultLimit"/>.</param>
    /// <exception cref="TimeoutException">It did not end in time; it was killed with all its children.</exception>
    public static ToolResult Run(string program, IEnumerable<string> arguments, string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        using Process process = Start(program, arguments, folder, environment);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        TimeSpan allowed = limit ?? DefaultLimit;
        if (!process.WaitForExit(allowed) || !Task.WaitAll([output, error], allowed))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"`{program}` did not end within {allowed.TotalSeconds} s");
        }

        return new ToolResult(process.ExitCode, output.Result, error.Result, watch.Elapsed);
    }

    /// <summary>Starts a program with all three streams redirected, for tests that stop it on the way.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        return Start(start);
    }

    // A program that this process has just written is busy for as long as a child which another thread forked meanwhile has not reached
    // its exec: it inherited the descriptor.
    private static Process Start(ProcessStartInfo start)
    {
        const int TextFileBusy = 26, Tries = 200;
        for (int i = 1; ; i++)
        {
            try
            {
                return Process.Start(start)!;
            }
            catch (System.ComponentModel.Win32Exception problem) when (problem.NativeErrorCode == TextFileBusy && i < Tries)
            {
                System.Threading.Thread.Sleep(10);
            }
        }
    }

    /// <summary>Where a program is in PATH, or null.</summary>
    public static string? Find(string program)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string path = Path.Combine(folder, program);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
