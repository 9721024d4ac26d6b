// A link case is one text file: first what must happen, then the sources.
//
//   # One sentence: the behaviour.
//   link: start.o a.o lib.a --gc-sections     the arguments; start.o (calls main, exits with its result) and crt.o
//                                             (also TLS, IFUNCs, constructors; put(text)) are always there
//   archive: lib.a b.o c.o                    made with ar rcs, before the link; thin: makes a thin one
//   exit: 7                                   exit code of the program (0 if not said)
//   stdout: text                              its whole output; \n is a line end
//   fails: DuplicateSymbol                    the link fails with this kind of error (a DiagnosticId) and no other
//   message: text                             some message contains the text
//   symbol: name STATE                        defined, absent, local, global, weak, =VALUE, size=N, type=N, visibility=N or in=SECTION
//   section: name STATE                       present, absent, size=N, align=N, type=N, link=SECTION or bytes=HEX
//   same: a b                                 two symbols have one address;  distinct: a b
//   differs: mold reason                      this linker does something else with the case; the others must agree with us
//   ours-only: reason                         no other linker is asked
//   layout-like: gnu lld                      only these are asked; addresses, load addresses, sizes, types and contents of all allocated
//                                             sections and the values of all symbols but the linkers' own are the same
//   except: name ...                          sections and symbols that layout-like leaves out
//   no-run: reason                            the program is not run
//   --- a.s                                   a source: .s, .c (freestanding; further flags after the name), or any other file as it is

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.TestKit.Linking;

namespace FullRust.LinkCases.Tests;

internal sealed record LinkCase(IReadOnlyList<(string Key, string Value)> Directives, IReadOnlyList<(string Name, string[] Flags, string Text)> Sources)
{
    internal static LinkCase Parse(string path)
    {
        var directives = new List<(string Key, string Value)>();
        var sources = new List<(string Name, string[] Flags, string Text)>();
        foreach (string line in File.ReadAllLines(path))
        {
            if (line.StartsWith("--- ", StringComparison.Ordinal))
            {
                string[] words = line[4..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                sources.Add((words[0], words[1..], ""));
            }
            else if (sources.Count > 0)
            {
                sources[^1] = sources[^1] with { Text = sources[^1].Text + line + "\n" };
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                directives.Add((line[..colon], line[(colon + 1)..].Trim()));
            }
        }

        return new LinkCase(directives, sources);
    }

    internal string? Get(string key) => Directives.Where(d => d.Key == key).Select(static d => d.Value).FirstOrDefault();

    internal IEnumerable<string[]> All(string key) =>
        Directives.Where(d => d.Key == key).Select(static d => d.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    internal string[] Arguments => All("link").Single();

    internal int ExitCode => int.Parse(Get("exit") ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Makes the objects and archives.</summary>
    internal void Prepare(LinkFolder folder)
    {
        folder.Start();
        foreach ((string name, string[] flags, string text) in Sources)
        {
            string target = System.IO.Path.ChangeExtension(name, ".o");
            switch (System.IO.Path.GetExtension(name))
            {
                case ".s":
                    folder.Assemble(target, text, flags);
                    break;
                case ".c":
                    folder.Compile(target, text, flags);
                    break;
                default:
                    folder.Write(name, text);
                    break;
            }
        }

        foreach ((string key, string value) in Directives)
        {
            string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (key == "archive")
                folder.Archive(words[0], "rcs", words[1..]);
            else if (key == "thin")
                folder.Archive(words[0], "rcsT", words[1..]);
        }
    }
}
