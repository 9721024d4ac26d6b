// Cargo's messages, one JSON object a line (Cargo Book, "External tools"). Only what tells of finished programs is read; where the user
// asked for the messages too, every line is passed on as it came.

using System;
using System.Collections.Generic;
using System.IO;
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

/// <summary>Reads cargo's message stream.</summary>
internal static class CargoMessages
{
    /// <summary>Reads all messages.</summary>
    /// <param name="stream">Cargo's standard output.</param>
    /// <param name="passOn">Whether each line goes to our standard output as well.</param>
    /// <param name="programs">Receives the programs in the order of reporting.</param>
    internal static void Read(Stream stream, bool passOn, IList<BuiltProgram> programs)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        while (reader.ReadLine() is { } line)
        {
            if (passOn)
                StandardStreams.OutLine(line);
            if (TryReadProgram(line) is { } program)
                programs.Add(program);
            else if (!passOn && !line.StartsWith('{'))
                StandardStreams.OutLine(line);
        }
    }

    /// <summary>The program that a line tells of, or null.</summary>
    internal static BuiltProgram? TryReadProgram(string line)
    {
        if (!line.StartsWith('{') || !line.Contains("\"compiler-artifact\"", StringComparison.Ordinal))
            return null;
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement message = document.RootElement;
            if (message.GetProperty("reason").GetString() != "compiler-artifact"
                || !message.TryGetProperty("executable", out JsonElement executable) || executable.ValueKind != JsonValueKind.String)
                return null;
            return new BuiltProgram(executable.GetString()!, message.GetProperty("package_id").GetString() ?? "",
                message.GetProperty("profile").GetProperty("test").GetBoolean(), message.GetProperty("fresh").GetBoolean());
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
