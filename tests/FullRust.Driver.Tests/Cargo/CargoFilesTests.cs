using System.IO;
using FluentAssertions;
using FullRust.Driver.Cargo;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Cargo;

public sealed class CargoFilesTests
{
    [Theory]
    [InlineData("/w/target/x86_64-unknown-linux-gnu/debug/a", "/w/target/x86_64-fullrust-linux/debug/a")]
    [InlineData("/w/target/x86_64-unknown-linux-gnu/release/examples/a", "/w/target/x86_64-fullrust-linux/release/examples/a")]
    [InlineData("/x86_64-unknown-linux-gnu/t/x86_64-unknown-linux-gnu/p/a", "/x86_64-unknown-linux-gnu/t/x86_64-fullrust-linux/p/a")]
    [InlineData("/w/target/x86_64-unknown-linux-gnu/debug/deps/a-0123", "/w/target/x86_64-unknown-linux-gnu/debug/deps/a-0123")]
    [InlineData("/w/target/debug/a", "/w/target/debug/a")]
    [InlineData("/w/deps/a/target/x86_64-unknown-linux-gnu/debug/a", "/w/deps/a/target/x86_64-fullrust-linux/debug/a")]
    public void PlaceOf_IsTheFoldersNamesake(string path, string place) => ProgramPlacer.PlaceOf(path).Should().Be(place);

    [Theory]
    [InlineData("target/debug/deps/macros-0123", true)]
    [InlineData("/w/t/x86_64-unknown-linux-gnu/debug/deps/a-0123", false)]
    [InlineData("x86_64-unknown-linux-gnu/debug/deps/a-0123", false)]
    [InlineData("/tmp/rustdoctestX/rust_out", false)]
    public void IsOfHost_KnowsHarnessesOutsideOfTheTargetsFolder(string path, bool isOfHost) => ProgramPlacer.IsOfHost(path).Should().Be(isOfHost);

    [Fact]
    public void Place_ReplacesTheOldProgram_AndIsRepeatable()
    {
        using var folder = new TempFolder();
        string built = folder.Write("x86_64-unknown-linux-gnu/debug/a", "new");
        string old = folder.Write("x86_64-fullrust-linux/debug/a", "old");
        ProgramPlacer.Place(built).Should().Be(old);
        ProgramPlacer.Place(built).Should().Be(old);
        File.ReadAllText(old).Should().Be("new");
        Directory.GetFiles(Path.GetDirectoryName(old)!).Should().Equal(old);
    }

    [Fact]
    public void TryReadProgram_ReadsArtifactsWithAnExecutable()
    {
        const string line = """{"reason":"compiler-artifact","package_id":"p","executable":"/t/a","profile":{"test":true},"fresh":false,"more":[1]}""";
        CargoMessages.TryReadProgram(line).Should().Be(new BuiltProgram("/t/a", "p", IsTest: true, IsFresh: false));
    }

    [Theory]
    [InlineData("""{"reason":"compiler-artifact","package_id":"p","executable":null,"profile":{"test":false},"fresh":true}""")]
    [InlineData("""{"reason":"build-finished","success":true}""")]
    [InlineData("""{"reason":"compiler-message","message":"\"compiler-artifact\""}""")]
    [InlineData("""{"reason":"compiler-artifact","executable":"x"}""")]
    [InlineData("""{"reason":"compiler-artifact", cut""")]
    [InlineData("text with \"compiler-artifact\"")]
    public void TryReadProgram_GivesNothing_ForOtherLines(string line) => CargoMessages.TryReadProgram(line).Should().BeNull();

    [Fact]
    public void AsksRegistry_SeesOnlyRegistryDependencies()
    {
        const string package = """{{"packages":[{{"dependencies":[{{"name":"fullrust","source":{0}}}]}}]}}""";
        RuntimeDependency.AsksRegistry(string.Format(null, package, "\"registry+https://example\"")).Should().BeTrue();
        RuntimeDependency.AsksRegistry(string.Format(null, package, "null")).Should().BeFalse();
    }
}
