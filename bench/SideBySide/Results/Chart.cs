using System.Globalization;
using System.Security;
using System.Text;

namespace RequestsAsync.SideBySide;

/// <summary>Draws two bar charts as SVG: CPU time for each request and throughput, of everybody at 64 connections.</summary>
internal static class Chart
{
    private const string Scenario = "small";
    private const int Connections = 64;
    private const int Width = 860;
    private const int NameWidth = 150;
    private const int FigureWidth = 110;
    private const int BarHeight = 18;
    private const int RowHeight = 26;
    private const int PanelTop = 46;

    // Grey text and mid-tone bars are readable on white; the media query lightens them where the page is dark.
    private const string Style = """
        text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #3d444d; }
        .title { font-weight: 600; font-size: 15px; }
        .note { font-size: 11px; fill: #6e7781; }
        .peer { fill: #8c959f; }
        .ours { fill: #1f6feb; }
        .cut { stroke: #ffffff; stroke-width: 3; }
        @media (prefers-color-scheme: dark) {
          text { fill: #d1d7e0; }
          .note { fill: #9198a1; }
          .peer { fill: #656c76; }
          .ours { fill: #4493f8; }
          .cut { stroke: #0d1117; }
        }
        """;

    /// <summary>The file's text.</summary>
    /// <param name="results">What was measured; those who took no part are not drawn.</param>
    /// <param name="note">The date and the machine, which stand below.</param>
    public static string Draw(RunResults results, string note)
    {
        Row[] rows = [.. results.Rows.Where(static row => row.Scenario.Name == Scenario && row.Connections == Connections && row.Measured > 0)];
        int panelHeight = PanelTop + (rows.Length * RowHeight) + 20;
        int height = (2 * panelHeight) + 24;

        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="CPU time and throughput of HTTP clients">""").Append('\n');
        svg.Append("<style>\n").Append(Style).Append("\n</style>\n");
        // Clients in an interpreter take so much more that the others would be lines beside them: their bars are cut.
        AppendPanel(svg, top: 0, "CPU µs per request, 64 connections (less is better)", Metric.Cpu, [.. rows.OrderBy(static row => row.Of(Metric.Cpu)!.Median)], static row => row.Contender.Kind != ContenderKind.Python);
        AppendPanel(svg, panelHeight, "Requests per second, 64 connections (more is better)", Metric.Throughput, [.. rows.OrderByDescending(static row => row.Of(Metric.Throughput)!.Median)], static _ => true);
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="note" x="12" y="{height - 10}">GET of 150 bytes from nginx over loopback, medians. {SecurityElement.Escape(note)}</text>""").Append('\n');
        return svg.Append("</svg>\n").ToString();
    }

    private static void AppendPanel(StringBuilder svg, int top, string title, Metric metric, IReadOnlyList<Row> rows, Func<Row, bool> setsTheScale)
    {
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="title" x="12" y="{top + 28}">{title}</text>""").Append('\n');
        double longest = rows.Where(setsTheScale).Select(row => row.Of(metric)!.Median).DefaultIfEmpty(1).Max();
        for (int i = 0; i < rows.Count; i++)
            AppendBar(svg, top + PanelTop + (i * RowHeight), rows[i].Contender.Name, metric, rows[i].Of(metric)!.Median, longest);
    }

    private static void AppendBar(StringBuilder svg, int y, string name, Metric metric, double figure, double longest)
    {
        const int room = Width - NameWidth - FigureWidth;
        bool isCut = figure > longest;
        double length = isCut ? room : room * figure / longest;
        string kind = name.StartsWith("requests", StringComparison.Ordinal) ? "ours" : "peer";
        int middle = y + (BarHeight / 2) + 5;
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{NameWidth - 10}" y="{middle}" text-anchor="end">{SecurityElement.Escape(name)}</text>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<rect class="{kind}" x="{NameWidth}" y="{y}" width="{length:0.#}" height="{BarHeight}" rx="2"/>""");
        if (isCut) svg.Append(CultureInfo.InvariantCulture, $"""<path class="cut" d="M{NameWidth + room - 34} {y + BarHeight + 2}l8 -{BarHeight + 4}m4 0l-8 {BarHeight + 4}"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{NameWidth + length + 8:0.#}" y="{middle}">{metric.Write(figure)}</text>""").Append('\n');
    }
}
