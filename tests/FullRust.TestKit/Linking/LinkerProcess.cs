// The linker under test as an executable: exit code, standard output and the messages on standard error, which --message-ids makes
// readable for programs.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using FullRust.Linker.Diagnostics;

namespace FullRust.TestKit.Linking;

/// <summary>Runs a linker executable of ours. Thread-safe.</summary>
internal static partial class LinkerProcess
{
    /// <summary>Links; the executable verifies by itself.</summary>
    internal static LinkOutcome Link(string program, IReadOnlyList<string> arguments, string folder)
    {
        string output = LinkerUnderTest.Parse(arguments, folder, new DiagnosticSink()).Options.OutputPath;
        ToolResult result = ToolRunner.Run(program, ["ld", "--message-ids", .. arguments], folder);
        if (result.ExitCode is not (0 or 1))
            throw new InvalidOperationException($"{program}: {result}");
        return new LinkOutcome(result.ExitCode, Messages(result.Error), output, result.Output);
    }

    // Lines without an id belong to the message before them; an empty line parts a message with notes from the next.
    private static List<Diagnostic> Messages(string text)
    {
        var messages = new List<Diagnostic>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Match first = FirstLine().Match(line);
            if (first.Success)
                messages.Add(new Diagnostic(SeverityOf(first.Groups["severity"].Value), (DiagnosticId)int.Parse(first.Groups["id"].Value, CultureInfo.InvariantCulture), first.Groups["text"].Value, new List<string>()));
            else if (messages.Count > 0)
                ((List<string>)messages[^1].Notes).Add(line);
        }

        return messages;
    }

    private static Severity SeverityOf(string word) => word switch { "error: " => Severity.Error, "warning: " => Severity.Warning, _ => Severity.Note };

    [GeneratedRegex(@"^[^:]*: (?<severity>error: |warning: )?(?<text>.*) \[FRL(?<id>\d+)\]$", RegexOptions.CultureInvariant)]
    private static partial Regex FirstLine();
}
