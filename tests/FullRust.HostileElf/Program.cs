// Writes the generated files to a folder, with a list of what each must set off, so that other tools can be shown the same files.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FullRust.HostileElf;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            Console.Error.WriteLine("usage: FullRust.HostileElf FOLDER");
            return 2;
        }

        Directory.CreateDirectory(arguments[0]);
        var manifest = new List<string>();
        foreach (HostileCase item in SingleFaults.All().Prepend(new HostileCase("good", SampleElf.Build().Bytes, [])))
        {
            string path = Path.Combine(arguments[0], item.Name);
            File.WriteAllBytes(path, item.Bytes);
            File.SetUnixFileMode(path, (UnixFileMode)0x1ed);
            manifest.Add($"{item.Name}\t{string.Join(',', item.Rules)}");
        }

        File.WriteAllLines(Path.Combine(arguments[0], "manifest.tsv"), manifest);
        return 0;
    }
}
