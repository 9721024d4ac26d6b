// `cargo fullrust verify [FILE]…`: the verifier over what was built.

using System.Collections.Generic;
using System.Linq;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;
using FullRust.Driver.Roles;

namespace FullRust.Driver.Commands;

/// <summary>Verifies the programs of a project.</summary>
internal static class VerifyCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="line">Files and options of <c>fullrust-verify binary</c>; without files, everything that was built is meant.</param>
    /// <param name="environment">The environment for cargo.</param>
    /// <returns>As the verifier: 0, 1 or 2.</returns>
    internal static int Run(CargoCommandLine line, ChildEnvironment environment)
    {
        IReadOnlyList<string> files = line.Arguments.Any(static a => !a.StartsWith('-')) ? [] : ProjectMetadata.Read(line, environment).Programs();
        if (files.Count == 0 && line.Arguments.Count == 0)
            throw new UsageException("nothing was built yet: `cargo fullrust build` first, or name the files");
        return VerifyRole.Run(["binary", .. line.Arguments, .. files], DescriptorStream.Text(1), DescriptorStream.Text(2));
    }
}
