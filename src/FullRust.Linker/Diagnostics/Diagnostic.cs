// One message: what and where in one line, then places and advice. Texts are made only when something is wrong, so strings are
// fine here and nowhere else in the phases.

using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FullRust.Linker.Diagnostics;

/// <summary>How much a message matters.</summary>
public enum Severity
{
    /// <summary>Said on request, such as by <c>--trace</c>.</summary>
    Note,

    /// <summary>The link goes on; <c>--fatal-warnings</c> makes it fail.</summary>
    Warning,

    /// <summary>The link fails.</summary>
    Error,
}

/// <summary>One message of the linker.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Id">Its kind.</param>
/// <param name="Message">One line, lower case, what and where.</param>
/// <param name="Notes">Further lines, complete with their leading <c>&gt;&gt;&gt;</c> (places) or <c>=</c> (advice); may be empty.</param>
public sealed record Diagnostic(Severity Severity, DiagnosticId Id, string Message, IReadOnlyList<string> Notes)
{
    /// <summary>The name that the message is about, as it is in the files: an undefined symbol, a missing library; null for others.</summary>
    public string? Subject { get; init; }

    /// <summary>The message as users of <c>ld.lld</c> and their editors know it: tool, severity, text, then the notes.</summary>
    /// <param name="tool">The name the tool was called by.</param>
    /// <param name="style">Colours, and what comes first.</param>
    /// <returns>One or more lines without a final newline.</returns>
    public string Format(string tool, MessageStyle style = default)
    {
        var text = new StringBuilder();
        text.Append(style.PrefixOf(tool, this)).Append(Message);
        if (style.ShowsIds)
            text.Append(CultureInfo.InvariantCulture, $" [FRL{(int)Id}]");
        foreach (string note in Notes)
            text.Append('\n').Append(note);
        return text.ToString();
    }
}
