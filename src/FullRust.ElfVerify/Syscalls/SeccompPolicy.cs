// An allow list of system calls in the forms that sandboxes take. Starting a program needs execve, which is made by whoever starts it
// under the filter, so that is always on the list.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using FullRust.ElfVerify.Reporting;

namespace FullRust.ElfVerify.Syscalls;

/// <summary>Writes allow lists. Thread-safe.</summary>
public static class SeccompPolicy
{
    private const int Execve = 59;

    // seccomp(2), linux/filter.h, linux/audit.h
    private const ushort LoadWord = 0x20, JumpIfEqual = 0x15, JumpIfNotBelow = 0x35, Return = 0x06;
    private const uint ArchX86_64 = 0xc000003e, KillProcess = 0x80000000, Allow = 0x7fff0000, X32Bit = 0x40000000;
    private const uint OffsetOfNumber = 0, OffsetOfArch = 4;

    /// <summary>The profile as OCI runtimes take it: everything that is not listed kills the process.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="numbers">The calls of the program.</param>
    public static void WriteOci(Stream stream, IReadOnlyList<int> numbers)
    {
        using (var json = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            json.WriteStartObject();
            json.WriteString("defaultAction", "SCMP_ACT_KILL_PROCESS");
            json.WriteStartArray("architectures");
            json.WriteStringValue("SCMP_ARCH_X86_64");
            json.WriteEndArray();
            json.WriteStartArray("syscalls");
            json.WriteStartObject();
            json.WriteStartArray("names");
            foreach (int number in WithStart(numbers))
                json.WriteStringValue(SyscallNames.Of(number));
            json.WriteEndArray();
            json.WriteString("action", "SCMP_ACT_ALLOW");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>The setting as systemd units take it.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="numbers">The calls of the program.</param>
    public static void WriteSystemd(Stream stream, IReadOnlyList<int> numbers)
    {
        var text = new StringBuilder("[Service]\nSystemCallArchitectures=native\nSystemCallFilter=");
        string separator = "";
        foreach (int number in WithStart(numbers))
        {
            text.Append(separator).Append(SyscallNames.Of(number));
            separator = " ";
        }

        stream.Write(Encoding.UTF8.GetBytes(text.Append('\n').ToString()));
    }

    /// <summary>The filter as the kernel takes it: instructions of classic BPF, 8 bytes each.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="numbers">The calls of the program.</param>
    public static void WriteBpf(Stream stream, IReadOnlyList<int> numbers)
    {
        WriteInstruction(stream, LoadWord, 0, 0, OffsetOfArch);
        WriteInstruction(stream, JumpIfEqual, 1, 0, ArchX86_64);
        WriteInstruction(stream, Return, 0, 0, KillProcess);
        WriteInstruction(stream, LoadWord, 0, 0, OffsetOfNumber);
        WriteInstruction(stream, JumpIfNotBelow, 0, 1, X32Bit);
        WriteInstruction(stream, Return, 0, 0, KillProcess);
        foreach (int number in WithStart(numbers))
        {
            WriteInstruction(stream, JumpIfEqual, 0, 1, (uint)number);
            WriteInstruction(stream, Return, 0, 0, Allow);
        }

        WriteInstruction(stream, Return, 0, 0, KillProcess);
    }

    private static SortedSet<int> WithStart(IReadOnlyList<int> numbers) => [.. numbers, Execve];

    private static void WriteInstruction(Stream stream, ushort code, byte ifTrue, byte ifFalse, uint value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, code);
        bytes[2] = ifTrue;
        bytes[3] = ifFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], value);
        stream.Write(bytes);
    }
}
