using System.Text;

namespace RequestsAsync;

/// <summary>Times as a message tells them.</summary>
internal static class TimesText
{
    /// <summary>The phases that took time, in their order: <c>queue 0.2 s, dns 0.01 s, sent after 0.25 s</c>.</summary>
    public static string Of(Timings timings)
    {
        StringBuilder text = new();
        Append("queue", timings.Queue);
        Append("dns", timings.Dns);
        Append("connect", timings.Connect);
        Append("tls", timings.Tls);
        Append("sent after", timings.RequestSent);
        Append("first byte after", timings.FirstByte);
        Append("in all", timings.Total);
        return text.ToString();

        void Append(string name, TimeSpan? time)
        {
            if (time is not { } value || value == TimeSpan.Zero) return;
            if (text.Length > 0) text.Append(", ");
            text.Append(name).Append(' ').Append(Failure.Seconds(value));
        }
    }
}
