using System.Globalization;
using System.Security.Authentication;

namespace RequestsAsync.Cli;

/// <summary>What is known about an exchange beyond its messages, as lines <c>Name: value</c>; on a terminal aligned, with bars that show where the time went.</summary>
internal sealed class MetaText(PrintOptions options)
{
    private const int MaxBar = 40;
    private const int NameWidth = 17;
    private const int ValueWidth = 12;

    /// <summary>Writes the lines.</summary>
    /// <param name="response">The response, read as far as it will be.</param>
    /// <param name="bodyLength">The bytes of its body after its codings were undone; <see langword="null"/> when nobody has counted them.</param>
    /// <param name="output">Takes them.</param>
    public void Write(Response response, long? bodyLength, ShadedText output)
    {
        Timings timings = response.Timings;
        TimeSpan ready = timings.Queue + timings.Dns + timings.Connect + timings.Tls;
        TimeSpan firstByte = timings.FirstByte ?? response.Elapsed;
        AddTime("DNS", timings.Queue, timings.Dns);
        AddTime("Connect", timings.Queue + timings.Dns, timings.Connect);
        AddTime("TLS", timings.Queue + timings.Dns + timings.Connect, timings.Tls);
        AddTime("First byte", default, firstByte, drawnFrom: ready);
        AddTime("Total", default, timings.Total, drawnFrom: firstByte);
        Add("Remote address", response.RemoteEndPoint?.ToString());
        Add("Connection", response.ConnectionReused ? "reused" : "new");
        Add("Protocol", HeadFormatter.Protocol(response));
        Add("TLS version", response.Tls is { } tls ? $"{Version(tls.Protocol)}, {tls.CipherSuite}" : null);
        Add("Attempts", response.Attempts.ToString(CultureInfo.InvariantCulture));
        Add("Redirects", response.History.Count.ToString(CultureInfo.InvariantCulture));
        Add("Content-Length", response.Headers["Content-Length"] is { } length ? $"{length} bytes" : null);
        Add("Body", bodyLength is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes") : null);

        void AddTime(string name, TimeSpan start, TimeSpan duration, TimeSpan? drawnFrom = null)
        {
            string value = Milliseconds(duration);
            AddName(name).Add(value, Shade.Number);
            if (options.IsTerminal && timings.Total > TimeSpan.Zero)
                AddBar(value.Length, drawnFrom ?? start, start + duration, timings.Total, output);
            output.EndLine();
        }

        void Add(string name, string? value)
        {
            if (value is not null) AddName(name).Add(options.IsForPerson ? TerminalText.Line(value) : value).EndLine();
        }

        ShadedText AddName(string name) =>
            output.Add(name, Shade.Name).Add(":", Shade.Punctuation).AddBlanks(options.IsTerminal ? NameWidth - name.Length : 1);
    }

    private void AddBar(int used, TimeSpan from, TimeSpan to, TimeSpan total, ShadedText output)
    {
        int width = Math.Min(MaxBar, options.Width - NameWidth - ValueWidth - 2);
        if (width <= 0) return;

        int start = Column(from);
        int length = Column(to) - start;
        if (length > 0) output.AddBlanks(ValueWidth - used + start).Add(new string('━', length), Shade.Protocol);

        int Column(TimeSpan time) => (int)Math.Clamp(Math.Round(time / total * width), 0, width);
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.00} ms");

    private static string Version(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}
