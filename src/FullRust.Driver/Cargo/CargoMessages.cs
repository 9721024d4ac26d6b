// Cargo's messages, one JSON object a line (Cargo Book, "External tools"). Only what tells of finished programs is read; where the user
// asked for the messages too, every line is passed on as it came.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using FullRust.Driver.Platform;

namespace FullRust.Driver.Cargo;

/// <summary>A program that cargo reports.</summary>
/// <param name="Path">Where cargo put it.</param>
/// <param name="Package">The package id.</param>
/// <param name="IsTest">Whether it is a test harness.</param>
/// <param name="IsFresh">Whether it was there already.</param>
internal sealed record BuiltProgram(string Path, string Package, bool IsTest, bool IsFresh);

/// <summary>What a build left.</summary>
internal sealed class BuildOutcome
{
    /// <summary>Programs, in the order of reporting.</summary>
    internal IList<BuiltProgram> Programs { get; } = [];

    /// <summary>Shared libraries that were asked for and are not made.</summary>
    internal IList<string> LeftOut { get; } = [];
}

/// <summary>Reads cargo's message stream.</summary>
internal static class CargoMessages
{
    /// <summary>Reads all messages.</summary>
    /// <param name="stream">Cargo's standard output.</param>
    /// <param name="passOn">Whether each line goes to our standard output as well.</param>
    /// <param name="outcome">Receives what the messages tell.</param>
    internal static void Read(Stream stream, bool passOn, BuildOutcome outcome)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        while (reader.ReadLine() is { } line)
        {
            if (passOn)
                StandardStreams.OutLine(line);
            if (TryReadProgram(line) is { } program)
                outcome.Programs.Add(program);
            else if (TryReadShared(line) is { } library)
                outcome.LeftOut.Add(library);
            else if (!passOn && !line.StartsWith('{'))
                StandardStreams.OutLine(line);
        }
    }

    /// <summary>The program that a line tells of, or null.</summary>
    internal static BuiltProgram? TryReadProgram(string line) => TryReadArtifact(line, static message =>
        message.TryGetProperty("executable", out JsonElement executable) && executable.ValueKind == JsonValueKind.String
            ? new BuiltProgram(executable.GetString()!, message.GetProperty("package_id").GetString() ?? "",
                message.GetProperty("profile").GetProperty("test").GetBoolean(), message.GetProperty("fresh").GetBoolean())
            : null);

    /// <summary>The shared library for our target that a line tells of, or null. Procedural macros are the host's.</summary>
    internal static string? TryReadShared(string line) => !line.Contains("dylib\"", StringComparison.Ordinal) ? null : TryReadArtifact(line, static message =>
        message.GetProperty("filenames").EnumerateArray().Select(static f => f.GetString()!)
            .FirstOrDefault(static f => f.EndsWith(".so", StringComparison.Ordinal)
                && (f.Contains($"/{TargetTriple.Gnu}/", StringComparison.Ordinal) || f.Contains($"/{TargetTriple.FullRust}/", StringComparison.Ordinal))));

    private static T? TryReadArtifact<T>(string line, Func<JsonElement, T?> read)
        where T : class
    {
        if (!line.StartsWith('{') || !line.Contains("\"compiler-artifact\"", StringComparison.Ordinal))
            return null;
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("reason").GetString() == "compiler-artifact" ? read(document.RootElement) : null;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
