using System.Globalization;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>Draws the charts of a report: shapes alone in SVG, stretched to the width there is; the words stand beside them as text.</summary>
internal static class ReportChart
{
    private const int Height = 100;

    /// <summary>How many requests ended over time, and how many of them with errors.</summary>
    public static void AddThroughput(StringBuilder html, ThroughputSeries series, TimeSpan elapsed)
    {
        double seconds = series.Step.TotalSeconds;
        long most = 1;
        foreach (long count in series.Done) most = Math.Max(most, count);

        html.Append(CultureInfo.InvariantCulture, $"<figure><div class=\"top\"><span>{ReportText.Number(most / seconds)} requests/s</span></div>");
        Begin(html, series.Count, "Requests ended over time");
        AddArea(html, "all", series.Done, most);
        AddArea(html, "bad", series.Errors, most);
        html.Append("</svg>");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"axis\"><span>0 s</span><span>{ReportText.Duration(elapsed / 2)}</span><span>{ReportText.Duration(elapsed)}</span></div>");
        html.Append(CultureInfo.InvariantCulture, $"<figcaption>Requests that ended, by the second, each step over {ReportText.Duration(series.Step)} (the last one may not be whole); <span class=\"key bad\"></span> those with errors.</figcaption></figure>");
    }

    /// <summary>How many times were how long.</summary>
    public static void AddLatency(StringBuilder html, LatencyHistogram histogram)
    {
        const int Joined = LatencyHistogram.ClassesPerOctave / 4;
        long[] bars = new long[histogram.Counts.Length / Joined];
        for (int i = 0; i < histogram.Counts.Length; i++) bars[i / Joined] += histogram.Counts[i];
        int first = Array.FindIndex(bars, static count => count > 0), last = Array.FindLastIndex(bars, static count => count > 0);
        if (first < 0) return;

        long most = bars.Max();
        html.Append(CultureInfo.InvariantCulture, $"<figure><div class=\"top\"><span>{ReportText.Number(most)} responses</span></div>");
        Begin(html, last - first + 1, "Times to the first byte");
        for (int i = first; i <= last; i++)
        {
            if (bars[i] == 0) continue;
            double height = Math.Max(1, (double)bars[i] / most * Height);
            html.Append(CultureInfo.InvariantCulture, $"<rect class=\"all\" x=\"{i - first + 0.05:0.##}\" y=\"{Height - height:0.#}\" width=\"0.9\" height=\"{height:0.#}\"/>");
        }

        html.Append("</svg>");
        TimeSpan from = LatencyHistogram.StartOf(first * Joined), middle = LatencyHistogram.StartOf((first + last + 1) * Joined / 2), to = LatencyHistogram.StartOf((last + 1) * Joined);
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"axis\"><span>{ReportText.Latency(from)}</span><span>{ReportText.Latency(middle)}</span><span>{ReportText.Latency(to)}</span></div>");
        html.Append("<figcaption>How long the first byte of responses took, on a logarithmic scale: four bars double the time. Repeated attempts and redirects count each.</figcaption></figure>");
    }

    private static void Begin(StringBuilder html, int width, string title) =>
        html.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" viewBox=\"0 0 {Math.Max(1, width)} {Height}\" preserveAspectRatio=\"none\" aria-label=\"{title}\">");

    private static void AddArea(StringBuilder html, string kind, ReadOnlySpan<long> counts, long most)
    {
        html.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}\" d=\"M0 {Height}");
        for (int i = 0; i < counts.Length; i++) html.Append(CultureInfo.InvariantCulture, $"V{Height - ((double)counts[i] / most * Height):0.#}H{i + 1}");
        html.Append(CultureInfo.InvariantCulture, $"V{Height}Z\"/>");
    }
}
