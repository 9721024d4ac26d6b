// What a random program is made from: pieces with the choices that their text asks for, generated and made smaller by FsCheck. A choice
// that is missing is 0, and 0 always stands for the plainest alternative, so that a piece without choices is the plainest of its kind.

using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace FullRust.LinkCases.Tests;

/// <summary>Gives the choices of a piece one after the other.</summary>
internal sealed class Choices(IReadOnlyList<int> values)
{
    private int _next;

    /// <summary>A number from 0 to below a limit.</summary>
    internal int Next(int limit) => _next < values.Count ? values[_next++] % limit : 0;

    /// <summary>A number from a first to below a limit.</summary>
    internal int Next(int first, int limit) => first + Next(limit - first);
}

/// <summary>A function, a feature, or another part of a program.</summary>
/// <param name="Kind">Which one; taken modulo the number of kinds.</param>
/// <param name="Choices">How.</param>
public sealed record ProgramPiece(int Kind, IReadOnlyList<int> Choices)
{
    /// <summary>The plainest piece.</summary>
    public static ProgramPiece Plain { get; } = new(0, []);

    /// <summary>Whether nothing can be left out of it.</summary>
    public bool IsPlain => Kind == 0 && Choices.Count == 0;
}

/// <summary>A program to be.</summary>
/// <param name="Shape">Number of objects, of archive members, garbage collection.</param>
/// <param name="Functions">The functions, <see cref="FunctionCount"/> of them.</param>
/// <param name="Main">What main calls.</param>
/// <param name="Features">What it exercises beside.</param>
public sealed record ProgramModel(ProgramPiece Shape, IReadOnlyList<ProgramPiece> Functions, ProgramPiece Main, IReadOnlyList<ProgramPiece> Features)
{
    /// <summary>The number of functions: names f0 and on, which other pieces may refer to.</summary>
    public const int FunctionCount = 14;

    private const int MostChoices = 40, MostFeatures = 6;

    /// <summary>Random programs, and simpler ones than a given one.</summary>
    public static Arbitrary<ProgramModel> Arbitrary { get; } = Arb.From(Generator(), Simpler);

    /// <summary>What FsCheck prints of a program that fails: its sources.</summary>
    public override string ToString() => new RandomProgram(this).Sources;

    private static Gen<ProgramModel> Generator()
    {
        Gen<ProgramPiece> piece =
            from kind in Gen.Choose(0, 999)
            from choices in Gen.Choose(0, 999_999).ArrayOf(MostChoices)
            select new ProgramPiece(kind, choices);
        return from shape in piece
               from functions in piece.ArrayOf(FunctionCount)
               from main in piece
               from count in Gen.Choose(1, MostFeatures)
               from features in piece.ArrayOf(count)
               select new ProgramModel(shape, functions, main, features);
    }

    private static IEnumerable<ProgramModel> Simpler(ProgramModel model)
    {
        for (int i = 0; i < model.Features.Count; i++)
            yield return model with { Features = [.. model.Features.Where((_, at) => at != i)] };
        if (!model.Functions.All(static f => f.IsPlain))
            yield return model with { Functions = [.. model.Functions.Select(static _ => ProgramPiece.Plain)] };
        foreach (ProgramPiece main in Simpler(model.Main))
            yield return model with { Main = main };
        foreach (ProgramPiece shape in Simpler(model.Shape))
            yield return model with { Shape = shape };
        for (int i = 0; i < model.Functions.Count; i++)
        {
            if (!model.Functions[i].IsPlain)
                yield return model with { Functions = Replaced(model.Functions, i, ProgramPiece.Plain) };
            foreach (ProgramPiece function in Simpler(model.Functions[i]))
                yield return model with { Functions = Replaced(model.Functions, i, function) };
        }

        for (int i = 0; i < model.Features.Count; i++)
        {
            foreach (ProgramPiece feature in Simpler(model.Features[i]))
                yield return model with { Features = Replaced(model.Features, i, feature) };
        }
    }

    // The same kind with fewer choices: what is cut off becomes plain.
    private static IEnumerable<ProgramPiece> Simpler(ProgramPiece piece)
    {
        for (int kept = 0; kept < piece.Choices.Count; kept = kept == 0 ? 1 : kept * 2)
            yield return piece with { Choices = [.. piece.Choices.Take(kept)] };
        for (int i = 0; i < piece.Choices.Count; i++)
        {
            if (piece.Choices[i] != 0)
                yield return piece with { Choices = [.. piece.Choices.Select((choice, at) => at == i ? 0 : choice)] };
        }
    }

    private static ProgramPiece[] Replaced(IReadOnlyList<ProgramPiece> pieces, int index, ProgramPiece piece) =>
        [.. pieces.Select((p, at) => at == index ? piece : p)];
}
