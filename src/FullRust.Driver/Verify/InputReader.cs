// Reads one input whole into memory, never mapped: a file that shrinks while it is looked at must not become a fatal signal. What is
// not a regular file is refused before it is opened for good, and a file that changed while it was read is no evidence.

using System;
using System.IO;
using FullRust.Elf.Memory;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;

namespace FullRust.Driver.Verify;

internal static class InputReader
{
    /// <summary>Reads an input and hands its bytes to a judge.</summary>
    /// <param name="path">The path, or <c>-</c> for standard input.</param>
    /// <param name="maxBytes">Largest size that is read.</param>
    /// <param name="judge">Makes the result from the bytes; they are gone afterwards.</param>
    /// <returns>The judge's result, or why the bytes could not be had.</returns>
    internal static VerifiedFile Read(string path, long maxBytes, Func<InputBytes, VerifiedFile> judge) =>
        path == "-" ? ReadStandardInput(maxBytes, judge) : ReadFile(path, maxBytes, judge);

    private static VerifiedFile ReadFile(string path, long maxBytes, Func<InputBytes, VerifiedFile> judge)
    {
        if (InputBytes.TryIdentify(path, out FileIdentity before, out bool isRegular, out _) && isRegular && before.Size > maxBytes)
            return VerifiedFile.Undecided(path, RuleId.I02, $"{before.Size} bytes are more than the limit of {maxBytes} (--max-input)");
        if (!InputBytes.TryOpen(path, long.MaxValue, out InputBytes? input, out string error, out _))
            return VerifiedFile.Undecided(path, RuleId.I01, error);
        using (input)
        {
            if (input!.Identity.Size > maxBytes)
                return VerifiedFile.Undecided(path, RuleId.I02, $"{input.Identity.Size} bytes are more than the limit of {maxBytes} (--max-input)");
            VerifiedFile result = judge(input);
            return InputBytes.TryIdentify(path, out FileIdentity after, out _, out _) && after == input.Identity
                ? result
                : VerifiedFile.Undecided(path, RuleId.I03, "the file changed while it was read");
        }
    }

    private static VerifiedFile ReadStandardInput(long maxBytes, Func<InputBytes, VerifiedFile> judge)
    {
        using var collected = new MemoryStream();
        try
        {
            using Stream stream = Console.OpenStandardInput();
            var buffer = new byte[1 << 16];
            for (int got; (got = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                if (collected.Length + got > maxBytes)
                    return VerifiedFile.Undecided("-", RuleId.I02, $"standard input has more than the limit of {maxBytes} bytes (--max-input)");
                collected.Write(buffer, 0, got);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return VerifiedFile.Undecided("-", RuleId.I01, $"standard input cannot be read: {problem.Message}");
        }

        using InputBytes input = InputBytes.FromMemory(collected.GetBuffer().AsSpan(0, (int)collected.Length));
        return judge(input);
    }
}
