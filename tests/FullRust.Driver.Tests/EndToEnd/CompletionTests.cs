// Completions tried in their shells, man pages by a checker of man pages.

using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class CompletionTests
{
    private static readonly string s_packaging = Path.Combine(Repository.Root, "packaging");

    private static DriverRun Shell() => new DriverRun()
        .WithVariable("PATH", Path.GetDirectoryName(Repository.Executable) + ":" + Environment.GetEnvironmentVariable("PATH"))
        .WithVariable("packaging", s_packaging);

    [Fact]
    public void Bash_CompletesEveryName()
    {
        using DriverRun shell = Shell().With("script", """
            . "$packaging/bash-completion/completions/fullrust"
            try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _fullrust; echo "$*: ${COMPREPLY[*]}"; }
            try fullrust ve
            try fullrust cargo doct
            try cargo-fullrust --zer
            try cargo-fullrust cache ""
            try fullrust-ld --gc-sec
            try fullrust ld --gc-sec
            try fullrust-verify --list-r
            try fullrust verify binary --profile har
            try fullrust-verify --explain FRV-S01
            """);
        ToolResult result = shell.Run("bash", "script");
        result.Output.Should().Be("""
            fullrust ve: verify
            fullrust cargo doct: doctor
            cargo-fullrust --zer: --zero-touch
            cargo-fullrust cache : list clean
            fullrust-ld --gc-sec: --gc-sections
            fullrust ld --gc-sec: --gc-sections
            fullrust-verify --list-r: --list-rules
            fullrust verify binary --profile har: hardened
            fullrust-verify --explain FRV-S01: FRV-S01

            """, result.ToString());
    }

    [FactWithTool("fish")]
    public void Fish_CompletesEveryName()
    {
        using DriverRun shell = Shell().With("script", """
            source $packaging/fish/vendor_completions.d/fullrust.fish
            for line in 'fullrust ve' 'fullrust cargo doct' 'cargo-fullrust --zer' 'fullrust-ld --gc-sec' 'fullrust ld --gc-sec' 'fullrust-verify --list-r' 'fullrust-verify bina' 'fullrust verify --explain FRV-S01'
                echo $line: (complete -C $line | string replace -r '\t.*' '')
            end
            """);
        ToolResult result = shell.WithVariable("HOME", shell.Folder).Run("fish", "--no-config", "script");
        result.Output.Should().Be("""
            fullrust ve: verify
            fullrust cargo doct: doctor
            cargo-fullrust --zer: --zero-touch
            fullrust-ld --gc-sec: --gc-sections
            fullrust ld --gc-sec: --gc-sections
            fullrust-verify --list-r: --list-rules
            fullrust-verify bina: binary
            fullrust verify --explain FRV-S01: FRV-S01

            """, result.ToString());
    }

    [FactWithTool("zsh")]
    public void Zsh_CompletesEveryName()
    {
        // A terminal of its own: what is typed, then TAB; the line that comes back must hold the completed word.
        using DriverRun shell = Shell().With("script", """
            zmodload zsh/zpty
            zpty inner zsh -f -i
            zpty -w inner "PS1= PS2= RPS1= TERM=dumb COLUMNS=200; unsetopt zle_bracketed_paste prompt_sp; fpath=($packaging/zsh/site-functions \$fpath); autoload -Uz compinit; compinit -u -D; print READY"
            zpty -r -m inner line '*READY*READY*'
            for wanted in 'fullrust verify' 'fullrust cargo explain' 'cargo-fullrust --zero-touch' 'cargo-fullrust cache clean' \
                'fullrust-ld --gc-sections' 'fullrust ld --gc-sections' 'fullrust verify --list-rules' 'fullrust-verify binary'; do
              zpty -w -n inner "${wanted[1,-4]}"$'\t'
              seen=
              for (( tries = 0; tries < 100; tries++ )); do
                while zpty -r -t inner part; do seen+=${part//$'\a'/}; done
                [[ $seen == *$wanted* ]] && { print -r -- "$wanted"; break }
                sleep 0.1
              done
              (( tries < 100 )) || print -r -- "$wanted: ${(q)seen}"
              zpty -w -n inner $'\025'
            done
            zpty -d inner
            """);
        ToolResult result = shell.WithVariable("HOME", shell.Folder).Run("zsh", "-f", "script");
        result.Output.Should().NotContain(": ", result.ToString());
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(8);
    }

    [Fact]
    public void EveryCommandAndMode_OfTheHelp_IsCompletedAndHasItsManEntry()
    {
        string help = ToolRunner.Run(Repository.Executable, ["cargo", "--help"]).Output;
        string[] words = [.. Regex.Matches(help, @"^  (--[\w-]+|\w+)((?:  \w+)*)", RegexOptions.Multiline).SelectMany(static m => m.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        words.Should().HaveCountGreaterThan(15).And.Contain(["build", "explain", "--stable"]);
        foreach (string file in (string[])["bash-completion/completions/fullrust", "fish/vendor_completions.d/fullrust.fish", "zsh/site-functions/_fullrust", "man/man1/cargo-fullrust.1"])
        {
            string text = File.ReadAllText(Path.Combine(s_packaging, file)).Replace("\\-", "-", StringComparison.Ordinal);
            words.Where(w => !Regex.IsMatch(text, $@"\b{w.TrimStart('-')}\b")).Should().BeEmpty(file);
        }
    }

    [FactWithTool("mandoc")]
    public void ManPages_AreCleanMan()
    {
        string[] pages = Directory.GetFiles(Path.Combine(s_packaging, "man", "man1"));
        pages.Select(Path.GetFileName).Order().Should().Equal("cargo-fullrust.1", "fullrust-ld.1", "fullrust-verify.1", "fullrust.1");
        ToolResult result = ToolRunner.Run("mandoc", ["-T", "lint", "-W", "warning", .. pages]);
        (result.Output + result.Error).Should().BeEmpty();
        foreach (string page in pages)
            ToolRunner.Run("mandoc", ["-T", "html", page]).Output.Should().Contain("id=\"NAME\"").And.Contain("id=\"EXIT_STATUS\"", page);
    }
}
