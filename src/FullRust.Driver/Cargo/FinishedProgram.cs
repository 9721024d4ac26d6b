// What is said about each program at the end of a build: where it is, its size, the verdict.

using System;
using System.IO;
using System.Text;
using System.Text.Json;
using FullRust.Driver.Platform;

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
        string place;
        try
        {
            place = ProgramPlacer.Place(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Status.Error($"cannot place `{ProgramPlacer.PlaceOf(path)}`: {failure.Message}");
            return false;
        }

        long size = new FileInfo(place).Length;
        if (writeJson)
            StandardStreams.OutLine(Message(place, size));
        else
            Status.Say("Placed", $"{Shorten(place)} ({Status.Bytes(size)})");
        return true;
    }

    private static string Message(string path, long size)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("reason", "fullrust-program");
            json.WriteString("path", path);
            json.WriteNumber("size", size);
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
