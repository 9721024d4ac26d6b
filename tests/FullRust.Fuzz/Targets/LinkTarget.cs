// The linker as its program runs it, in this process: the input is one file of a link. It ends in diagnostics or in a sound image.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.ElfVerify;
using FullRust.Fuzz.Mutation;
using FullRust.Linker;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using FullRust.TestKit.Linking;

namespace FullRust.Fuzz.Targets;

internal sealed class LinkTarget : FuzzTarget, IDisposable
{
    private const long LargestImage = 600 << 20;

    // What a loader relies on, whatever the input's flags ask for.
    private static readonly RuleId[] s_integrity =
        [RuleId.H01, RuleId.H02, RuleId.H03, RuleId.P01, RuleId.P02, RuleId.P03, RuleId.L01, RuleId.L02, RuleId.L03, RuleId.L04, RuleId.L05, RuleId.L06, RuleId.L07, RuleId.L08];

    private readonly TempFolder _folder = new("fullrust-fuzz-");
    private readonly string _file;
    private readonly string[][] _commandLines;
    private readonly bool _ruleless;

    /// <param name="name">The target's name.</param>
    /// <param name="fileName">What the input is called.</param>
    /// <param name="seeds">Well-formed inputs.</param>
    /// <param name="mutator">How they are changed.</param>
    /// <param name="further">Other files of the link.</param>
    /// <param name="commandLines">Command lines, of which the variant chooses one; words that are files' names become paths.</param>
    /// <param name="ruleless">Whether the input may ask for an image that no loader takes.</param>
    internal LinkTarget(string name, string fileName, IReadOnlyList<byte[]> seeds, ByteMutator mutator, IReadOnlyDictionary<string, byte[]> further, string[] commandLines, bool ruleless = false)
    {
        (Name, Seeds, Mutator, _file, _ruleless) = (name, seeds, mutator, _folder[fileName], ruleless);
        foreach ((string file, byte[] bytes) in further)
            File.WriteAllBytes(_folder[file], bytes);
        _commandLines = [.. commandLines.Select(line => line.Split(' ').Select(word => further.ContainsKey(word) || word == fileName ? _folder[word] : word).ToArray())];
    }

    /// <inheritdoc/>
    internal override string Name { get; }

    /// <inheritdoc/>
    internal override IReadOnlyList<byte[]> Seeds { get; }

    /// <inheritdoc/>
    internal override ByteMutator Mutator { get; }

    /// <inheritdoc/>
    internal override void Run(byte[] input, int variant)
    {
        File.WriteAllBytes(_file, input);
        var sink = new DiagnosticSink();
        LinkOptions options = ArgumentParser.Parse([.. _commandLines[variant % _commandLines.Length], "-o", _folder["out"], "--threads=1"], sink).Options;
        using LinkResult result = Linker.Linker.Link(options, sink);
        Require(result.Image is null == sink.HasErrors, "an image, or errors");
        if (result.Image is null)
            return;
        Require(result.Image.Length < LargestImage, $"the image has {result.Image.Length} bytes");
        VerifyReport report = Verifier.Verify(result.Image.Bytes.Span, InProcessLinker.Rules);
        IReadOnlyList<RuleId> usersChoice = VerifyOptions.UserChoices(result.HasOwnLayout, result.HasOwnEntry, result.HasWritableCode, result.MayHaveUndefinedNames);
        string broken = string.Join('\n', report.Findings.Where(f => s_integrity.Contains(f.Rule) && !usersChoice.Contains(f.Rule) && f.Level >= FindingLevel.Error).Select(static f => $"{f.Rule} {f.Place}: {f.Message}"));
        Require(broken.Length == 0 || _ruleless || options.OutputKind == OutputKind.Relocatable, $"the image is sound: {broken}");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
