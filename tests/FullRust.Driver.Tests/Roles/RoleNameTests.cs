using System.Reflection;
using FluentAssertions;
using FullRust.Driver.Roles;
using FullRust.Linker.GuardRail;
using Xunit;

namespace FullRust.Driver.Tests.Roles;

public sealed class RoleNameTests
{
    [Theory]
    [InlineData("cargo-fullrust", Role.Cargo)]
    [InlineData("/usr/bin/cargo-fullrust", Role.Cargo)]
    [InlineData("fullrust-ld", Role.Linker)]
    [InlineData("ld", Role.Linker)]
    [InlineData("./tools/ld.lld", Role.Linker)]
    [InlineData("ld.fullrust", Role.Linker)]
    [InlineData("fullrust-verify", Role.Verify)]
    public void Find_TakesRoleFromFileName(string calledAs, object role) =>
        RoleName.Find(calledAs, ["a", "b"]).Should().Match<RoleCall>(c => c.Role == (Role)role && c.Arguments.Count == 2);

    [Theory]
    [InlineData("cargo", Role.Cargo)]
    [InlineData("ld", Role.Linker)]
    [InlineData("verify", Role.Verify)]
    [InlineData("run", Role.Run)]
    [InlineData("--help", Role.Help)]
    [InlineData("--version", Role.Version)]
    [InlineData("lnik", Role.Unknown)]
    public void Find_TakesRoleFromFirstArgument_WhenTheNameHasNone(string argument, object role) =>
        RoleName.Find("fullrust", [argument]).Role.Should().Be((Role)role);

    [Fact]
    public void Find_DropsTheWordThatNamedTheRole() => RoleName.Find("renamed", ["ld", "-o", "x"]).Arguments.Should().Equal("-o", "x");

    [Fact]
    public void Find_DropsTheSubcommandThatCargoPasses() =>
        RoleName.Find("cargo-fullrust", ["fullrust", "build", "fullrust"]).Arguments.Should().Equal("build", "fullrust");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    public void Find_GivesUsage_ForMissingNameAndNoArguments(string? calledAs) => RoleName.Find(calledAs, []).Role.Should().Be(Role.Usage);

    [Theory]
    [InlineData("verfiy", "verify")]
    [InlineData("crago", "cargo")]
    [InlineData("lds", "ld")]
    [InlineData("completely-else", null)]
    public void NearestName_FindsWhatWasMeant(string given, string? expected) => NearestName.Find(given, RoleName.Subcommands).Should().Be(expected);

    [Fact]
    public void Version_IsTheAssembliesVersion() =>
        Version.Text.Should().Be(typeof(RoleName).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);
}
