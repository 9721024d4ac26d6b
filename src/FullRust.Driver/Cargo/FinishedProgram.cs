// What happens to each program at the end of a build: it gets its place, is verified there, and a line says so.

using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FullRust.Driver.Platform;
using FullRust.ElfVerify;

namespace FullRust.Driver.Cargo;

/// <summary>Finishes programs that cargo built.</summary>
internal static class FinishedProgram
{
    /// <summary>Places a program, verifies it, and says so.</summary>
    /// <param name="path">Where cargo put it.</param>
    /// <param name="writeJson">Whether a message in cargo's form goes to standard output instead of a line for people.</param>
    /// <returns>Whether it is verified.</returns>
    internal static bool Finish(string path, bool writeJson)
    {
        try
        {
            string place = ProgramPlacer.Place(path);
            byte[] image = File.ReadAllBytes(place);
            VerifyReport report = Verifier.Verify(image, VerifyOptions.Default);
            if (writeJson)
                StandardStreams.OutLine(Message(place, image.Length, report));
            Tell(Shorten(place), image.Length, report, isTold: !writeJson);
            return report.IsVerified;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Status.Error($"cannot place `{ProgramPlacer.PlaceOf(path)}`: {failure.Message}");
            return false;
        }
    }

    private static void Tell(string path, long size, VerifyReport report, bool isTold)
    {
        if (!report.IsVerified)
        {
            Status.Error($"{path} is not a static, libc-free program");
            foreach (VerifyFinding finding in report.Findings.Where(f => f.Level >= report.Options.FailOn))
                StandardStreams.ErrorLine($"  {finding.Rule} {finding.Place}: {finding.Message}");
            StandardStreams.ErrorLine($"  = `fullrust verify binary {path}` tells more");
        }
        else if (isTold)
        {
            Status.Say("Verified", $"{path} ({Status.Bytes(size)}, static, libc-free)");
        }
    }

    /// <summary>A message beside cargo's own: reason, path, size in bytes, verdict, and the rules that do not hold.</summary>
    private static string Message(string path, long size, VerifyReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("reason", "fullrust-program");
            json.WriteString("path", path);
            json.WriteNumber("size", size);
            json.WriteBoolean("verified", report.IsVerified);
            json.WriteStartArray("findings");
            foreach (VerifyFinding finding in report.Findings)
                json.WriteStringValue($"{finding.Rule} {finding.Place}: {finding.Message}");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Relative to the current folder where the program is below it.</summary>
    private static string Shorten(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
