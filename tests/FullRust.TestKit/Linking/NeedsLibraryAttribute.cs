// Marks tests that an executable cannot be put to: what they judge is visible only in the library's own types.

using System;
using System.Collections.Generic;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FullRust.TestKit.Linking;

/// <summary>A test, or a class of them, that calls the linker's library and not <see cref="LinkerUnderTest"/>. Gives the trait
/// <c>linker=library</c>, by which <c>./x test stage2</c> leaves it out, and the trait <c>because</c>.</summary>
/// <param name="reason">What no executable shows.</param>
[TraitDiscoverer("FullRust.TestKit.Linking.NeedsLibraryDiscoverer", "FullRust.TestKit")]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsLibraryAttribute(string reason) : Attribute, ITraitAttribute
{
    /// <summary>What no executable shows.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Gives the traits; xunit makes it.</summary>
public sealed class NeedsLibraryDiscoverer : ITraitDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) =>
        [new("linker", "library"), new("because", traitAttribute.GetNamedArgument<string>(nameof(NeedsLibraryAttribute.Reason)))];
}
