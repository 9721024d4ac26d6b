// Archives in every form that ar writes somewhere, and in wrong ones.

using System;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Inputs;

public sealed class ArchiveFormatTests
{
    private static readonly byte[] s_one = LinkFolder.AssembleBytes(".globl one\none: mov $1, %eax\n ret");
    private static readonly byte[] s_two = LinkFolder.AssembleBytes(".globl two\ntwo: mov $2, %eax\n ret");

    [Fact]
    public void GnuIndex_32Bits() => Links(WithGnuIndex("/", 4));

    [Fact]
    public void GnuIndex_64Bits() => Links(WithGnuIndex("/SYM64/", 8));

    [Fact]
    public void WithoutIndex_MembersAreRead() => Links(new ArchiveBuilder().Raw("one.o/", s_one).Raw("two.o/", s_two).Build());

    [Fact]
    public void EmptyIndex_IsALie_MembersAreRead() =>
        Links(new ArchiveBuilder().Raw("/", ArchiveBuilder.GnuIndex(4, [])).Raw("one.o/", s_one).Raw("two.o/", s_two).Build());

    [Fact]
    public void IndexThatNamesTheWrongMember_IsALie_MembersAreRead()
    {
        byte[] right = WithGnuIndex("/", 4, swap: true);
        Links(right);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public void IndexThatMissesANameOnly_MembersAreRead(string known)
    {
        int indexSize = ArchiveBuilder.GnuIndex(4, [(known, 0)]).Length;
        long first = new ArchiveBuilder().Raw("/", new byte[indexSize]).Position, second = new ArchiveBuilder().Raw("/", new byte[indexSize]).Raw("one.o/", s_one).Position;
        Links(new ArchiveBuilder().Raw("/", ArchiveBuilder.GnuIndex(4, [(known, known == "one" ? first : second)])).Raw("one.o/", s_one).Raw("two.o/", s_two).Build());
    }

    [Fact]
    public void Bsd_NamesBeforeTheContents() => Links(new ArchiveBuilder().Bsd("one.o", s_one).Bsd("a long name with blanks.o", s_two).Build());

    [Theory]
    [InlineData(4, "__.SYMDEF")]
    [InlineData(4, "__.SYMDEF SORTED")]
    [InlineData(8, "__.SYMDEF_64")]
    public void BsdIndex(int width, string name)
    {
        int indexSize = ArchiveBuilder.BsdIndex(width, [("one", 0), ("two", 0)]).Length;
        long first = new ArchiveBuilder().Bsd(name, new byte[indexSize]).Position, second = new ArchiveBuilder().Bsd(name, new byte[indexSize]).Bsd("one.o", s_one).Position;
        Links(new ArchiveBuilder().Bsd(name, ArchiveBuilder.BsdIndex(width, [("one", first), ("two", second)])).Bsd("one.o", s_one).Bsd("two.o", s_two).Build());
    }

    [Fact]
    public void LongNames_EndWithSlashAndNewline()
    {
        byte[] names = "a-name-of-more-than-fifteen-characters.o/\nanother-name-of-more-than-fifteen.o/\n"u8.ToArray();
        Links(new ArchiveBuilder().Raw("//", names).Raw("/0", s_one).Raw("/42", s_two).Build());
    }

    [Fact]
    public void MembersOfOneName_AreDistinct() => Links(new ArchiveBuilder().Raw("x.o/", s_one).Raw("x.o/", s_two).Build());

    [Fact]
    public void TwoFilesOfOneSymbol_TheFirstIsLoaded()
    {
        using var folder = new LinkFolder();
        byte[] other = LinkFolder.AssembleBytes(".globl one\none: mov $100, %eax\n ret");
        folder.Start().Write("lib.a", new ArchiveBuilder().Raw("a.o/", s_one).Raw("b.o/", other).Build());
        folder.Assemble("main.o", ".globl main\nmain: jmp one");
        folder.Link("start.o", "main.o", "lib.a").ShouldExitWith(1);
    }

    [Fact]
    public void NestedPathsOfAThinArchive_AreRelativeToIt()
    {
        using var folder = new LinkFolder();
        WithMain(folder).Write("d/e/one.o", s_one).Write("d/two.o", s_two);
        byte[] names = "e/one.o/\ntwo.o/\n"u8.ToArray();
        folder.Write("d/lib.a", new ArchiveBuilder("!<thin>").Raw("//", names).Build().Concat(ThinMember("/0", s_one.Length)).Concat(ThinMember("/9", s_two.Length)).ToArray());
        folder.Link("start.o", "main.o", "d/lib.a").ShouldExitWith(3);
    }

    [Fact]
    public void NestedThinArchive_IsSearched()
    {
        using var folder = new LinkFolder();
        WithMain(folder).Write("one.o", s_one).Write("two.o", s_two);
        folder.Archive("inner.a", "rcsT", "one.o").Archive("outer.a", "rcsT", "inner.a", "two.o");
        folder.Link("start.o", "main.o", "outer.a").ShouldExitWith(3);
    }

    [Fact]
    public void MissingMemberOfAThinArchive_NamesBoth()
    {
        using var folder = new LinkFolder();
        WithMain(folder).Write("one.o", s_one).Write("two.o", s_two).Archive("lib.a", "rcsT", "one.o", "two.o");
        File.Delete(folder["two.o"]);
        LinkOutcome outcome = folder.Link("start.o", "main.o", "lib.a");
        outcome.ExitCode.Should().Be(1);
        outcome.Text.Should().Contain("lib.a").And.Contain("two.o");
    }

    [Theory]
    [InlineData("bad magic of a member")]
    [InlineData("size beyond the file")]
    [InlineData("size that is no number")]
    [InlineData("index beyond the file")]
    [InlineData("index with too many entries")]
    [InlineData("index without names")]
    [InlineData("long name beyond the table")]
    public void Damage_IsAnErrorWithTheArchivesName(string damage)
    {
        byte[] index = ArchiveBuilder.GnuIndex(4, [("one", 68 + 16)]);
        byte[] bytes = damage switch
        {
            "bad magic of a member" => Patched(new ArchiveBuilder().Raw("one.o/", s_one).Build(), 8 + 58, (byte)'x'),
            "size beyond the file" => new ArchiveBuilder().Raw("one.o/", s_one, "999999999").Build(),
            "size that is no number" => new ArchiveBuilder().Raw("one.o/", s_one, "12x").Build(),
            "index beyond the file" => new ArchiveBuilder().Raw("/", ArchiveBuilder.GnuIndex(4, [("one", 0x7fffffff)])).Raw("one.o/", s_one).Build(),
            "index with too many entries" => new ArchiveBuilder().Raw("/", Patched(index, 0, 0x7f)).Raw("one.o/", s_one).Build(),
            "index without names" => new ArchiveBuilder().Raw("/", index.AsSpan(0, 8)).Raw("one.o/", s_one).Build(),
            _ => new ArchiveBuilder().Raw("//", "a/\n"u8.ToArray()).Raw("/77", s_one).Build(),
        };
        using var folder = new LinkFolder();
        WithMain(folder).Write("lib.a", bytes).Link("start.o", "main.o", "lib.a").Text.Should().Contain("lib.a");
        folder.Link("start.o", "main.o", "lib.a").ExitCode.Should().Be(1);
    }

    [Fact]
    public void ArchiveInAnArchive_IsAnError()
    {
        using var folder = new LinkFolder();
        byte[] inner = new ArchiveBuilder().Raw("one.o/", s_one).Raw("two.o/", s_two).Build();
        WithMain(folder).Write("lib.a", new ArchiveBuilder().Raw("inner.a/", inner).Build()).Link("start.o", "main.o", "lib.a").ExitCode.Should().Be(1);
    }

    [Fact]
    public void EmptyArchive_IsNothing()
    {
        using var folder = new LinkFolder();
        folder.Start().Assemble("main.o", ".globl main\nmain: xor %eax, %eax\n ret").Write("lib.a", new ArchiveBuilder().Build());
        folder.Link("start.o", "main.o", "lib.a").ShouldExitWith(0);
    }

    [Fact]
    public void RustMetadata_NeverReachesTheOutput()
    {
        using var folder = new LinkFolder();
        byte[] metadata = LinkFolder.AssembleBytes(".section .rmeta,\"e\",@progbits\n.ascii \"rust metadata\"");
        WithMain(folder).Write("lib.rlib", new ArchiveBuilder().Raw("lib.rmeta/", metadata).Raw("one.o/", s_one).Raw("two.o/", s_two).Build());
        LinkOutcome outcome = folder.Link("start.o", "main.o", "--whole-archive", "lib.rlib").ShouldExitWith(3);
        outcome.Elf.HasSection(".rmeta").Should().BeFalse();
    }

    private static LinkFolder WithMain(LinkFolder folder) => folder.Start().Assemble(
        "main.o", ".globl main\nmain: push %rbx\n call one\n mov %eax, %ebx\n call two\n add %ebx, %eax\n pop %rbx\n ret");

    private static void Links(byte[] archive)
    {
        using var folder = new LinkFolder();
        WithMain(folder).Write("lib.a", archive).Link("start.o", "main.o", "lib.a").ShouldExitWith(3);
    }

    private static byte[] WithGnuIndex(string name, int width, bool swap = false)
    {
        int size = ArchiveBuilder.GnuIndex(width, [("one", 0), ("two", 0)]).Length;
        long first = new ArchiveBuilder().Raw(name, new byte[size]).Position, second = new ArchiveBuilder().Raw(name, new byte[size]).Raw("one.o/", s_one).Position;
        if (swap)
            (first, second) = (second, first);
        return new ArchiveBuilder().Raw(name, ArchiveBuilder.GnuIndex(width, [("one", first), ("two", second)])).Raw("one.o/", s_one).Raw("two.o/", s_two).Build();
    }

    private static byte[] ThinMember(string nameField, int size) => new ArchiveBuilder().Raw(nameField, [], size.ToString(System.Globalization.CultureInfo.InvariantCulture)).Build()[8..];

    private static byte[] Patched(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }
}
