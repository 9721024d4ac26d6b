// --print-memory-usage: how full the regions of MEMORY are, in GNU ld's columns.

using System.Collections.Generic;
using System.Globalization;
using System.Text;
using FullRust.Linker.Layout.Scripted;

namespace FullRust.Linker.Reports;

internal static class MemoryUsage
{
    /// <summary>Writes the table.</summary>
    internal static void Append(StringBuilder text, IReadOnlyList<MemoryRegionState> regions)
    {
        text.Append("Memory region         Used Size  Region Size  %age Used\n");
        foreach (MemoryRegionState region in regions)
        {
            ulong used = region.Current - region.Origin;
            text.Append(CultureInfo.InvariantCulture, $"{region.Description.Name,16}: ");
            AppendSize(text, used);
            AppendSize(text, region.Length);
            if (region.Length != 0)
                text.Append(CultureInfo.InvariantCulture, $"    {used * 100.0 / region.Length,6:F2}%");
            text.Append('\n');
        }
    }

    private static void AppendSize(StringBuilder text, ulong size)
    {
        (int shift, string unit) = (size & 0x3fffffff) == 0 ? (30, "GB") : (size & 0xfffff) == 0 ? (20, "MB") : (size & 0x3ff) == 0 ? (10, "KB") : (0, "B");
        string number = (size >> shift).ToString(CultureInfo.InvariantCulture);
        text.Append(number.PadLeft(shift == 0 ? 11 : 10)).Append(' ').Append(unit);
    }
}
