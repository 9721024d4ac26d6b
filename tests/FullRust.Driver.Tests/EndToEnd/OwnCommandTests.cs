// The commands that cargo does not have: verify, size, explain, doctor, sysroot.

using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentAssertions;
using FullRust.Driver.Size;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class OwnCommandTests
{
    [Fact]
    public void Verify_LooksAtWhatWasBuilt()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        crate.Cargo("verify").ExitCode.Should().Be(2, "nothing was built yet");
        crate.Cargo("build", "-q").ExitCode.Should().Be(0);
        ToolResult verified = crate.Cargo("verify");
        verified.ExitCode.Should().Be(0, verified.ToString());
        verified.Output.Should().Contain(crate.Program("app"));
        crate.Cargo("verify", "/bin/sh").ExitCode.Should().Be(1);
    }

    [Fact]
    public void Size_ShowsSectionsCratesAndSymbols_AndWritesAPage()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        crate.Cargo("build", "-q").ExitCode.Should().Be(0);
        ToolResult shown = crate.Cargo("size", "--top", "5", "--html", "page.html");
        shown.ExitCode.Should().Be(0, shown.ToString());
        shown.Output.Should().Contain(" .text\n").And.Contain(" std\n").And.Contain("more)");
        string page = File.ReadAllText(crate["page.html"]);
        page.Should().Contain("<script").And.NotContain("http://").And.NotContain("https://");
        const string open = "id=\"data\">";
        int start = page.IndexOf(open, System.StringComparison.Ordinal) + open.Length;
        JsonElement data = JsonDocument.Parse(page[start..page.IndexOf("</script>", start, System.StringComparison.Ordinal)]).RootElement;
        data.GetProperty("size").GetInt64().Should().Be(new FileInfo(crate.Program("app")).Length);
        data.GetProperty("crates").GetArrayLength().Should().BeGreaterThan(3);
    }

    [FactWithTool("chromium-headless-shell")]
    public void SizePage_IsDrawnByABrowser_EachBoxInItsCrate()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        crate.Cargo("build", "-q").ExitCode.Should().Be(0);
        crate.Cargo("size", "--html", "page.html").ExitCode.Should().Be(0);
        ToolResult shown = crate.Run("chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--window-size=1200,800", "--dump-dom", "file://" + crate["page.html"]);
        const string number = "([0-9.]+)px";
        MatchCollection boxes = Regex.Matches(shown.Output,
            $"<div class=\"(crate|symbol)\" data-name=\"([^\"]*)\"[^\"]*\"[^\"]*\"[^\"]*\"[^\"]*\" style=\"left: {number}; top: {number}; width: {number}; height: {number}");
        (double X, double Y, double W, double H) current = default;
        double area = 0, symbols = 0;
        foreach (Match box in boxes)
        {
            double[] at = [.. Enumerable.Range(3, 4).Select(i => double.Parse(box.Groups[i].Value, CultureInfo.InvariantCulture))];
            if (box.Groups[1].Value == "crate")
            {
                current = (at[0], at[1], at[2], at[3]);
                area += (at[2] + 1) * (at[3] + 1);
                continue;
            }

            symbols++;
            (at[0] >= current.X && at[1] >= current.Y && at[0] + at[2] <= current.X + current.W && at[1] + at[3] <= current.Y + current.H).Should().BeTrue(box.Value);
        }

        symbols.Should().BeGreaterThan(20, shown.ToString());
        boxes.Select(b => b.Groups[2].Value).Should().Contain(["std", "core"]).And.NotContain(".debug_info", "what is not loaded is shown on request only");
        area.Should().BeInRange(0.9 * 1184 * 730, 1.01 * 1200 * 800, "crates fill the map");
    }

    [Theory]
    [InlineData("<alloc::vec::Vec<T> as core::ops::Drop>::drop", "alloc")]
    [InlineData("core::fmt::write", "core")]
    [InlineData("<dyn std::io::Write>::write_fmt", "std")]
    [InlineData("<&mut app::Writer as core::fmt::Write>::write_str", "app")]
    [InlineData("memcpy", "(not Rust)")]
    [InlineData("std[8d0b]::rt::start", "std")]
    public void CrateOf_IsTheHeadOfThePath(string name, string crate) => ProgramParts.CrateOf(name).Should().Be(crate);

    [Fact]
    public void Size_RefusesWhatIsNoProgram()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        crate.Cargo("size", "Cargo.toml").ExitCode.Should().Be(2);
        crate.Cargo("size", "no-such-file").ExitCode.Should().Be(2);
        crate.Cargo("size").ExitCode.Should().Be(2, "nothing was built yet");
    }

    [Fact]
    public void Explain_NamesTheDependencyBehindASymbol()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false)
            .With("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nmiddle = { path = \"middle\" }\n")
            .With("src/main.rs", "fn main() { println!(\"{}\", middle::cores()); }")
            .With("middle/Cargo.toml", "[package]\nname = \"middle\"\nversion = \"0.2.0\"\nedition = \"2024\"\n[dependencies]\nnum_cpus = { path = \"../num\" }\n")
            .With("middle/src/lib.rs", "pub fn cores() -> i64 { num_cpus::get() }")
            .With("num/Cargo.toml", "[package]\nname = \"num_cpus\"\nversion = \"1.0.0\"\nedition = \"2024\"\n")
            .With("num/src/lib.rs", "unsafe extern \"C\" { fn sysconf(name: i32) -> i64; }\npub fn get() -> i64 { unsafe { sysconf(84) } }");
        ToolResult built = crate.Cargo("build");
        built.ExitCode.Should().Be(101);
        built.Error.Should().Contain("sysconf");
        foreach (string name in (string[])["sysconf", "num_cpus"])
        {
            ToolResult explained = crate.Cargo("explain", name);
            explained.ExitCode.Should().Be(0, explained.ToString());
            explained.Output.Should().Contain("num_cpus").And.Contain("middle v0.2.0").And.Contain("available_parallelism");
        }

        crate.Cargo("explain", "no_such_symbol").ExitCode.Should().Be(1);
    }

    [Fact]
    public void Explain_NamesTheBuildScriptThatAsksForALibrary()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false)
            .With("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nopenssl-sys = { path = \"ssl\" }\n")
            .With("src/main.rs", "fn main() { openssl_sys::start(); }")
            .With("ssl/Cargo.toml", "[package]\nname = \"openssl-sys\"\nversion = \"0.9.0\"\nedition = \"2024\"\n")
            .With("ssl/build.rs", "fn main() { println!(\"cargo::rustc-link-lib=dylib=ssl\"); }")
            .With("ssl/src/lib.rs", "pub fn start() {}");
        ToolResult built = crate.Cargo("build");
        built.ExitCode.Should().Be(101);
        built.Error.Should().Contain("unable to find library -lssl").And.Contain("cargo fullrust explain ssl");
        ToolResult explained = crate.Cargo("explain", "-lssl");
        explained.ExitCode.Should().Be(0, explained.ToString());
        explained.Output.Should().Contain("build script of: openssl-sys").And.Contain("app v0.1.0").And.Contain("rustls");
    }

    [Fact]
    public void Doctor_BuildsAProgram()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        ToolResult result = crate.Cargo("doctor");
        result.ExitCode.Should().Be(0, result.ToString());
        result.Output.Should().Contain("all is well").And.NotContain("missing ");
    }

    [Fact]
    public void Sysroot_IsOneThatRustcTakes()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        string sysroot = crate.Cargo("sysroot").Output.TrimEnd();
        ToolResult compiled = crate.Run("rustc", "--sysroot", sysroot, "--target", "x86_64-unknown-linux-gnu", "-C", "panic=abort", "--emit=metadata", "src/main.rs");
        compiled.ExitCode.Should().Be(0, compiled.ToString());
    }
}
