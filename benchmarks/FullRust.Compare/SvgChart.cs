// One bar per link and linker: wall time relative to ours.

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FullRust.Compare;

internal static class SvgChart
{
    private const int Left = 130;
    private const int BarHeight = 16;
    private const int Width = 760;
    private static readonly string[] s_colours = ["#c2410c", "#1d4ed8", "#0891b2", "#15803d", "#6b7280"];

    /// <summary>The colour of a linker, by its place in the list.</summary>
    public static string Colour(int index) => s_colours[index % s_colours.Length];

    public static string Make(IReadOnlyList<LinkerUnderTest> linkers, IReadOnlyList<WorkloadResult> results)
    {
        var body = new StringBuilder();
        double longest = results.SelectMany(result => Bars(linkers, result)).Select(bar => bar.Value).DefaultIfEmpty(1).Max();
        int y = 40;
        foreach (WorkloadResult result in results)
        {
            body.Append(CultureInfo.InvariantCulture, $"<text x='10' y='{y + 12}' font-weight='bold'>{result.Name}</text>\n");
            y += 20;
            foreach ((int colour, string name, double value) in Bars(linkers, result))
            {
                double width = value / longest * (Width - Left - 60);
                body.Append(CultureInfo.InvariantCulture, $"<text x='{Left - 8}' y='{y + 12}' text-anchor='end'>{name}</text>");
                body.Append(CultureInfo.InvariantCulture, $"<rect x='{Left}' y='{y + 1}' width='{width:0.0}' height='{BarHeight - 3}' fill='{Colour(colour)}'/>");
                body.Append(CultureInfo.InvariantCulture, $"<text x='{Left + width + 6:0.0}' y='{y + 12}'>{value:0.00}</text>\n");
                y += BarHeight;
            }

            y += 12;
        }

        return $"<svg xmlns='http://www.w3.org/2000/svg' width='{Width}' height='{y}' font-family='sans-serif' font-size='12'>\n"
            + "<rect width='100%' height='100%' fill='white'/>\n"
            + "<text x='10' y='22' font-size='15'>Wall time of a link, relative to fullrust</text>\n" + body + "</svg>\n";
    }

    private static IEnumerable<(int Colour, string Name, double Value)> Bars(IReadOnlyList<LinkerUnderTest> linkers, WorkloadResult result)
    {
        if (!result.Samples.TryGetValue(linkers[0].Name, out List<Sample>? ours))
            yield break;
        for (int i = 0; i < linkers.Count; i++)
        {
            if (result.Samples.TryGetValue(linkers[i].Name, out List<Sample>? samples))
                yield return (i, linkers[i].Name, 1 / Statistics.PairedRatio(ours.Select(s => s.WallMs), samples.Select(s => s.WallMs)));
        }
    }
}
