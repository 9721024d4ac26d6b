// What was found: the input and what happened, once for each place in the code.

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace FullRust.Fuzz;

/// <summary>A folder of findings.</summary>
internal sealed class FindingStore
{
    private readonly string _folder;

    internal FindingStore(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>How many there are.</summary>
    internal int Count => Directory.EnumerateFiles(_folder, "*.txt").Count();

    /// <summary>Adds one unless the same was found before.</summary>
    internal void Add(string target, byte[] input, int variant, string what)
    {
        string name = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{target}-{KeyOf(what)}"));
        if (File.Exists(name + ".txt"))
            return;
        File.WriteAllBytes(name + ".bin", input);
        File.WriteAllText(name + ".txt", string.Create(CultureInfo.InvariantCulture, $"variant {variant}\n{what}\n"));
        Console.Error.WriteLine($"FOUND {name}: {what.Split('\n')[0]}");
    }

    // The kind of the exception and the first places in our code; numbers in messages differ from input to input.
    private static string KeyOf(string what)
    {
        string[] lines = what.Split('\n');
        string places = string.Concat(lines.Where(static l => l.Contains("at FullRust.", StringComparison.Ordinal)).Take(3));
        string first = new([.. lines[0].TakeWhile(static c => c != ':').Where(static c => !char.IsAsciiDigit(c))]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(places.Length == 0 ? lines[0] : first + places)))[..12];
    }
}
