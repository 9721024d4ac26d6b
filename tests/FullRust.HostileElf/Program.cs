// Writes the generated files to a folder, with a list of what each must set off and what the loader model says, and disguised programs
// to another, so that other tools can be shown the same files; and compares what a kernel made of them with the model.

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
        switch (arguments)
        {
            case ["--cases", string folder]:
                foreach (HostileCase item in KernelRecord.Cases())
                    Write(folder, item.Name, item.Bytes);
                Write(Path.Combine(folder, ".."), "interpreter", KernelRecord.Interpreter());
                return 0;
            case ["--compare", string text, string record] when KernelVersion.TryParse(text, out KernelVersion version):
                List<string> disagreements = [.. KernelRecord.Read(record).Disagreements(version)];
                disagreements.ForEach(Console.WriteLine);
                return disagreements.Count == 0 ? 0 : 1;
            case [string folder]:
                WriteFiles(folder);
                return 0;
            case [string folder, string disguises]:
                WriteFiles(folder);
                foreach ((string name, byte[] bytes) in Disguises.OfDynamic(File.ReadAllBytes(DynamicProgram)).Concat(Disguises.OfStatic(Interpreter)))
                    Write(disguises, name, bytes);
                return 0;
            default:
                Console.Error.WriteLine("usage: FullRust.HostileElf FOLDER [FOLDER-FOR-DISGUISES] | --cases FOLDER | --compare VERSION RECORD");
                return 2;
        }
    }

    private static void WriteFiles(string folder)
    {
        var manifest = new List<string>();
        var environment = new LoaderEnvironment(KernelVersion.Newest, 0x10000, 4UL << 30);
        foreach (HostileCase item in SingleFaults.All().Prepend(new HostileCase("good", SampleElf.Build().Bytes, [])))
        {
            Write(folder, item.Name, item.Bytes);
            manifest.Add($"{item.Name}\t{string.Join(',', item.Rules)}\t{LoaderModel.Load(item.Bytes, environment)}");
        }

        File.WriteAllLines(Path.Combine(folder, "manifest.tsv"), manifest);
    }

    private static void Write(string folder, string name, byte[] bytes)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
