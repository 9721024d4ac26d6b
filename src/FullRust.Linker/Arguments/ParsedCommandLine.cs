// What a command line asks for: a link, or only a text, or nothing because it is wrong.

namespace FullRust.Linker.Arguments;

/// <summary>What to do after parsing.</summary>
public enum CommandLineAction
{
    /// <summary>Print <see cref="ParsedCommandLine.Output"/>, then link.</summary>
    Link,

    /// <summary>Print <see cref="ParsedCommandLine.Output"/> and exit with 0.</summary>
    Exit,

    /// <summary>Leave a shared object out, as <c>--skip-shared</c> asks: put a text in its place and exit with 0.</summary>
    LeaveOut,

    /// <summary>Print <see cref="ParsedCommandLine.Output"/>, then the diagnostics, and exit with 1.</summary>
    Fail,
}

/// <summary>A parsed command line.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Output">Text for standard output, complete with newlines; often empty.</param>
/// <param name="Options">What to link; also filled, as far as it was understood, when the action is another one.</param>
public sealed record ParsedCommandLine(CommandLineAction Action, string Output, LinkOptions Options);
