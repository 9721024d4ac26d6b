// Where the verifier writes to.

using System.IO;

namespace FullRust.Driver.Verify;

/// <summary>Where the verifier writes to.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutputIsTerminal">Whether a person sees the output, so that colour helps.</param>
/// <param name="ErrorIsTerminal">Whether a person sees the errors, so that progress helps.</param>
internal sealed record VerifyStreams(TextWriter Output, TextWriter Error, bool OutputIsTerminal, bool ErrorIsTerminal);
