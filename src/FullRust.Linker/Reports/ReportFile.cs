// A report that an option sends to a file.

using System;
using System.IO;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Reports;

internal static class ReportFile
{
    /// <summary>Writes a text; what goes wrong is an error.</summary>
    internal static void Write(string path, string text, DiagnosticSink sink)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            sink.Error(DiagnosticId.CannotWrite, $"cannot write {path}: {problem.Message}");
        }
    }
}
