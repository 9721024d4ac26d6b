// Reads lists of system calls: an OCI seccomp profile, a JSON inventory of this tool, or plain text with a name or number per line.

using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace FullRust.ElfVerify.Syscalls;

/// <summary>Reads lists of system calls. Thread-safe.</summary>
public static class SyscallList
{
    /// <summary>Reads a list.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="numbers">The numbers, or null.</param>
    /// <param name="error">What is wrong, or an empty string.</param>
    /// <returns>False if the file is no such list.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> file, out HashSet<int>? numbers, out string error)
    {
        numbers = [];
        error = "";
        try
        {
            ReadOnlySpan<byte> start = file.Span.TrimStart(" \r\n\t"u8);
            if (!start.IsEmpty && start[0] == (byte)'{')
                ReadJson(file, numbers);
            else
                ReadText(Encoding.UTF8.GetString(file.Span), numbers);
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            error = PrintableText.EscapeLong(problem.Message);
        }

        numbers = null;
        return false;
    }

    /// <summary>Reads names or numbers that are separated by commas or white space.</summary>
    /// <param name="text">The text; a <c>#</c> begins a comment up to the end of its line.</param>
    /// <param name="numbers">Receives the numbers.</param>
    /// <exception cref="FormatException">A word is no system call.</exception>
    public static void ReadText(string text, HashSet<int> numbers)
    {
        foreach (string line in text.Split('\n'))
        {
            string words = line.Split('#')[0];
            foreach (string word in words.Split([',', ' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
                Add(word, numbers);
        }
    }

    private static void ReadJson(ReadOnlyMemory<byte> file, HashSet<int> numbers)
    {
        using JsonDocument document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 16 });
        foreach (JsonElement entry in document.RootElement.GetProperty("syscalls").EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.String)
                Add(entry.GetString()!, numbers);
            else if (entry.GetProperty("action").GetString() is "SCMP_ACT_ALLOW" or "SCMP_ACT_LOG")
                AddNames(entry, numbers);
        }
    }

    private static void AddNames(JsonElement entry, HashSet<int> numbers)
    {
        foreach (JsonElement name in entry.GetProperty("names").EnumerateArray())
            Add(name.GetString() ?? "", numbers);
    }

    private static void Add(string word, HashSet<int> numbers)
    {
        if (!SyscallNames.TryParse(word, out int number))
            throw new FormatException($"\"{word}\" is no x86-64 system call");
        numbers.Add(number);
    }
}
