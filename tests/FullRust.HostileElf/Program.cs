// Writes the generated files to a folder, with a list of what each must set off and what the loader model says, and disguised programs
// to another, so that other tools can be shown the same files.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Loading;

namespace FullRust.HostileElf;

internal static class Program
{
    private const string DynamicProgram = "/bin/true", Interpreter = "/lib64/ld-linux-x86-64.so.2";

    private static int Main(string[] arguments)
    {
        if (arguments.Length is not (1 or 2))
        {
            Console.Error.WriteLine("usage: FullRust.HostileElf FOLDER [FOLDER-FOR-DISGUISES]");
            return 2;
        }

        var manifest = new List<string>();
        var environment = new LoaderEnvironment(KernelVersion.Newest, 0x10000, 4UL << 30);
        foreach (HostileCase item in SingleFaults.All().Prepend(new HostileCase("good", SampleElf.Build().Bytes, [])))
        {
            Write(arguments[0], item.Name, item.Bytes);
            manifest.Add($"{item.Name}\t{string.Join(',', item.Rules)}\t{LoaderModel.Load(item.Bytes, environment)}");
        }

        File.WriteAllLines(Path.Combine(arguments[0], "manifest.tsv"), manifest);
        if (arguments.Length == 2)
        {
            foreach ((string name, byte[] bytes) in Disguises.OfDynamic(File.ReadAllBytes(DynamicProgram)).Concat(Disguises.OfStatic(Interpreter)))
                Write(arguments[1], name, bytes);
        }

        return 0;
    }

    private static void Write(string folder, string name, byte[] bytes)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
