// How all JSON outputs look.

using System.Text.Encodings.Web;
using System.Text.Json;

namespace FullRust.ElfVerify.Reporting;

internal static class JsonStyle
{
    /// <summary>Indented, and readable: the texts are made printable before, and no output is meant to be pasted into HTML.</summary>
    internal static JsonWriterOptions Indented => new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
