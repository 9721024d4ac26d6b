// The files that a recorded link reads, found by asking our linker for a dependency file. Before every run that counts they are read once,
// because a kernel that drops cached pages meanwhile (a virtual machine that gives memory back, for one) would charge whoever runs next. For the
// same reason memory is touched and freed: what was given back costs ten times as much when it is used again.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace FullRust.Compare;

/// <summary>The inputs of one recorded link.</summary>
internal sealed class LinkInputs
{
    private readonly byte[] _buffer = new byte[1 << 20];

    private LinkInputs(IReadOnlyList<string> files) => Files = files;

    /// <summary>Absolute paths, archives and startup files of the system included.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Finds the inputs of a recorded link.</summary>
    /// <param name="folder">The link's folder.</param>
    /// <param name="ours">Our linker; if it fails at the link, there are no inputs.</param>
    public static LinkInputs Of(string folder, LinkerUnderTest ours)
    {
        string list = Path.Combine(folder, "inputs-read"), output = Path.Combine(folder, "inputs-read.output");
        string[] files = ours.Link(folder, output, "--dependency-file=" + list) ? [.. Prerequisites(list).Select(file => Path.GetFullPath(file, Path.GetFullPath(folder)))] : [];
        File.Delete(list);
        File.Delete(output);
        return new LinkInputs(files);
    }

    /// <summary>Reads every input once, so that the kernel holds it in memory, and has as much memory at hand as the hungriest linker needs.</summary>
    public void Warm()
    {
        TouchMemory();
        foreach (string file in Files)
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            while (stream.Read(_buffer) > 0)
            {
            }
        }
    }

    private void TouchMemory()
    {
        const int Page = 4096, Base = 64 << 20, Most = 1 << 30;
        int bytes = (int)Math.Min(Base + (4 * Files.Sum(static file => new FileInfo(file).Length)), Most);
        nint memory = Marshal.AllocHGlobal(bytes);
        for (int at = 0; at < bytes; at += Page)
            Marshal.WriteByte(memory, at, 1);
        Marshal.FreeHGlobal(memory);
    }

    // "output: \" and then an input a line, as make writes names (a blank is "\ ").
    private static IEnumerable<string> Prerequisites(string dependencies) =>
        File.ReadLines(dependencies).Skip(1).TakeWhile(static line => line.StartsWith(' '))
            .Select(static line => line.Trim().TrimEnd('\\').TrimEnd().Replace("\\ ", " ", StringComparison.Ordinal));
}
