// The inventory for people and as JSON.

using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using FullRust.ElfVerify.Reporting;

namespace FullRust.ElfVerify.Syscalls;

/// <summary>Writes inventories. Thread-safe as long as the stream is used by one thread.</summary>
public static class SyscallReport
{
    /// <summary>Name and version of the JSON format.</summary>
    public const string Schema = "fullrust-verify-syscalls/1";

    /// <summary>Writes text: a line for each place, then the sum.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The file as it was named; escaped here.</param>
    /// <param name="inventory">The inventory.</param>
    public static void WriteText(TextWriter writer, string file, SyscallInventory inventory)
    {
        foreach (SyscallSite site in inventory.Sites)
            writer.WriteLine($"0x{site.Address:x}  {NamesOf(site),-24}  {(site.Function.Length == 0 ? "?" : site.Function)}{(site.Location is { } place ? $"  {PrintableText.Escape(place.Path)}:{place.Line}" : "")}");
        var names = new List<string>();
        foreach (int number in inventory.Numbers)
            names.Add(SyscallNames.Of(number));
        writer.WriteLine($"{PrintableText.Escape(file)}: {inventory.Sites.Count} places, {names.Count} system calls, {(inventory.IsComplete ? "complete" : "INCOMPLETE")}: {string.Join(' ', names)}");
        if (inventory.StrayEncodings != 0)
            writer.WriteLine($"  {inventory.StrayEncodings} further byte pairs 0f 05 lie inside other instructions or data");
    }

    /// <summary>Writes JSON, keys in alphabetical order.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="file">The file as it was named; escaped here.</param>
    /// <param name="inventory">The inventory.</param>
    public static void WriteJson(Stream stream, string file, SyscallInventory inventory)
    {
        using (var json = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            json.WriteStartObject();
            json.WriteBoolean("complete", inventory.IsComplete);
            json.WriteString("file", PrintableText.Escape(file));
            json.WriteString("schema", Schema);
            json.WriteStartArray("sites");
            foreach (SyscallSite site in inventory.Sites)
                WriteSite(json, site);
            json.WriteEndArray();
            json.WriteNumber("strayEncodings", inventory.StrayEncodings);
            json.WriteStartArray("syscalls");
            foreach (int number in inventory.Numbers)
                json.WriteStringValue(SyscallNames.Of(number));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteSite(Utf8JsonWriter json, SyscallSite site)
    {
        json.WriteStartObject();
        json.WriteString("address", $"0x{site.Address:x}");
        json.WriteString("entry", site.Entry switch { SyscallEntry.Syscall => "syscall", SyscallEntry.Int80 => "int80", SyscallEntry.Sysenter => "sysenter", _ => "vsyscall" });
        json.WriteString("function", site.Function);
        json.WriteString("location", site.Location is { } place ? $"{PrintableText.Escape(place.Path)}:{place.Line}" : null);
        json.WriteStartArray("numbers");
        foreach (int number in site.Numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string NamesOf(SyscallSite site)
    {
        if (site.Entry != SyscallEntry.Syscall)
            return site.Entry.ToString();
        var names = new List<string>();
        foreach (int number in site.Numbers)
            names.Add($"{SyscallNames.Of(number)} ({number})");
        return names.Count == 0 ? "UNKNOWN" : string.Join(", ", names);
    }
}
