// The growth series as a table and as a chart of small multiples.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FullRust.Compare.Growth;

internal static class GrowthReport
{
    private const int PanelWidth = 250, PanelHeight = 170, Margin = 40, PerRow = 3;

    public static void AppendTable(StringBuilder text, string chart, IReadOnlyList<GrowthSeries> all)
    {
        text.AppendLine().AppendLine("## Growth").AppendLine();
        text.AppendLine("Generated links at 1×, 2×, 4×, 8×. A slope is the cost of one more 1×; the bend is the cost of a unit between 4× and 8× divided by that between 1× and 4×: 1 for linear growth. Ratios are our slope divided by theirs.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"![growth]({chart})").AppendLine();
        foreach (GrowthSeries series in all)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"**{series.Axis.Name}** (1×: {series.Axis.What})").AppendLine();
            text.AppendLine("| linker | wall ms at 1× 2× 4× 8× | peak MiB at 1× 2× 4× 8× | ms per unit | MiB per unit | bend | our time slope | our memory slope |");
            text.AppendLine("|---|---|---|---|---|---|---|---|");
            foreach (GrowthLine line in series.Lines)
                text.AppendLine(Row(line, series.Lines[0]));
            text.AppendLine();
        }
    }

    public static string Chart(IReadOnlyList<GrowthSeries> all)
    {
        int rows = (all.Count + PerRow - 1) / PerRow;
        var body = new StringBuilder();
        for (int i = 0; i < all.Count; i++)
            AppendPanel(body, all[i], i % PerRow * PanelWidth, 40 + (i / PerRow * (PanelHeight + Margin)));
        int x = 10;
        foreach ((GrowthLine line, int colour) in all[0].Lines.Select((line, i) => (line, i)))
        {
            body.Append(CultureInfo.InvariantCulture, $"<text x='{x}' y='20' fill='{SvgChart.Colour(colour)}' font-weight='bold'>{line.Linker}</text>\n");
            x += 130;
        }

        return $"<svg xmlns='http://www.w3.org/2000/svg' width='{PerRow * PanelWidth}' height='{60 + (rows * (PanelHeight + Margin))}' font-family='sans-serif' font-size='11'>\n"
            + "<rect width='100%' height='100%' fill='white'/>\n" + body + "</svg>\n";
    }

    private static string Row(GrowthLine line, GrowthLine ours)
    {
        string walls = string.Join(' ', line.WallMs.Select(v => v.ToString("0.0", CultureInfo.InvariantCulture)));
        string peaks = string.Join(' ', line.PeakMiB.Select(v => v.ToString("0", CultureInfo.InvariantCulture)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {line.Linker} | {walls} | {peaks} | {line.MsPerUnit:0.00} | {line.MiBPerUnit:0.00} | {line.Bend:0.00} | {ours.MsPerUnit / line.MsPerUnit:0.00} | {ours.MiBPerUnit / line.MiBPerUnit:0.00} |");
    }

    private static void AppendPanel(StringBuilder body, GrowthSeries series, int x, int y)
    {
        double top = series.Lines.SelectMany(line => line.WallMs).DefaultIfEmpty(1).Max();
        double X(int scale) => x + Margin + ((scale - 1) / 7.0 * (PanelWidth - Margin - 15));
        double Y(double value) => y + PanelHeight - (value / top * (PanelHeight - 25));
        body.Append(CultureInfo.InvariantCulture, $"<text x='{x + Margin}' y='{y + 12}' font-weight='bold'>{series.Axis.Name}</text>");
        body.Append(CultureInfo.InvariantCulture, $"<path d='M{x + Margin} {y + 20}V{y + PanelHeight}H{x + PanelWidth - 10}' stroke='#999' fill='none'/>");
        body.Append(CultureInfo.InvariantCulture, $"<text x='{x + Margin - 4}' y='{Y(top) + 4:0}' text-anchor='end'>{top:0} ms</text><text x='{x + Margin - 4}' y='{y + PanelHeight}' text-anchor='end'>0</text>\n");
        foreach (int scale in GrowthAxis.Scales)
            body.Append(CultureInfo.InvariantCulture, $"<text x='{X(scale):0}' y='{y + PanelHeight + 14}' text-anchor='middle'>{scale}×</text>");
        foreach ((GrowthLine line, int colour) in series.Lines.Select((line, i) => (line, i)))
        {
            string points = string.Join(' ', line.WallMs.Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{X(GrowthAxis.Scales[i]):0.0},{Y(value):0.0}")));
            body.Append(CultureInfo.InvariantCulture, $"<polyline points='{points}' stroke='{SvgChart.Colour(colour)}' fill='none' stroke-width='2'/>\n");
        }
    }
}
