// Reads the small text files that a command line names: argument files, policies, baselines, lists. Every trouble is a usage error.

using System.Text;
using FullRust.Elf.Memory;
using FullRust.ElfVerify;

namespace FullRust.Driver.Verify;

internal static class TextFile
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="maxBytes">Largest size that is accepted.</param>
    /// <param name="what">What the file is for, in messages.</param>
    /// <returns>Its text.</returns>
    /// <exception cref="UsageException">It cannot be read.</exception>
    internal static string Read(string path, long maxBytes, string what) => Encoding.UTF8.GetString(ReadBytes(path, maxBytes, what));

    /// <summary>Reads a whole file as bytes.</summary>
    internal static byte[] ReadBytes(string path, long maxBytes, string what)
    {
        if (InputBytes.TryIdentify(path, out FileIdentity identity, out bool isRegular, out _) && isRegular && identity.Size > maxBytes)
            throw new UsageException($"{what} {PrintableText.Escape(path)}: larger than {maxBytes} bytes");
        if (!InputBytes.TryOpen(path, long.MaxValue, out InputBytes? input, out string error, out _))
            throw new UsageException($"{what} {PrintableText.Escape(path)}: {error}");
        using (input)
            return input!.Bytes.Span.ToArray();
    }
}
