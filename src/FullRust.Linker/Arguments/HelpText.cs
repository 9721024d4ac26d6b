// --help, made from the tables. The last lines have the shape that libtool and configure scripts look for.

using System.Text;

namespace FullRust.Linker.Arguments;

/// <summary>Writes the help.</summary>
internal static class HelpText
{
    private const int HelpColumn = 34;

    /// <summary>Writes the whole help.</summary>
    /// <param name="toolName">The name in the first and last lines.</param>
    /// <returns>Lines with newlines.</returns>
    internal static string Write(string toolName)
    {
        var text = new StringBuilder();
        text.Append("Usage: ").Append(toolName).Append(" [options] file...\n");
        text.Append("Links objects and archives to a static x86-64 Linux executable.\n");
        foreach (OptionGroup group in OptionTable.Groups)
            AppendGroup(text, group, "", isKeyword: false);
        foreach (OptionGroup group in ZKeywordTable.Groups)
            AppendGroup(text, group, "-z ", isKeyword: true);
        text.Append("\nEvery option of two or more letters may begin with one dash or two; @FILE reads arguments from FILE.\n");
        text.Append(toolName).Append(": supported targets: elf64-x86-64 elf64-little binary\n");
        text.Append(toolName).Append(": supported emulations: elf_x86_64\n");
        return text.ToString();
    }

    private static void AppendGroup(StringBuilder text, OptionGroup group, string prefix, bool isKeyword)
    {
        text.Append('\n').Append(group.Title).Append(":\n");
        foreach (Option option in group.Options)
        {
            int start = text.Length;
            text.Append("  ").Append(prefix);
            AppendSpellings(text, option, isKeyword);
            int width = text.Length - start;
            if (width >= HelpColumn)
            {
                text.Append('\n');
                width = 0;
            }

            text.Append(' ', HelpColumn - width).Append(option.Help).Append('\n');
        }
    }

    private static void AppendSpellings(StringBuilder text, Option option, bool isKeyword)
    {
        string[] names = option.Names.Split(' ');
        for (int i = 0; i < names.Length; i++)
        {
            if (i > 0)
                text.Append(", ");
            if (!isKeyword)
                text.Append(names[i].Length == 1 ? "-" : "--");
            text.Append(names[i]);
        }

        text.Append(option.Arity switch
        {
            Arity.Required => isKeyword ? $"={option.ValueName}" : $" {option.ValueName}",
            Arity.Optional => $"[={option.ValueName}]",
            Arity.Prefix => "...",
            _ => "",
        });
    }
}
