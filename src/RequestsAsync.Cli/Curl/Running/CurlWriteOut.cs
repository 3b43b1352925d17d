using System.Globalization;
using System.Net;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Writes what <c>-w</c> asks for: <c>%{variable}</c>, <c>%header{name}</c>, <c>%%</c> and the escapes <c>\n \r \t</c>.</summary>
internal sealed class CurlWriteOut(Response response, long size, CurlOutput output, StandardStreams streams)
{
    /// <summary>Writes the format, or the file with it that follows <c>@</c>.</summary>
    public async Task WriteAsync(string format, CurlHost host)
    {
        if (format.StartsWith('@')) format = host.ReadText(format[1..]);

        TextWriter target = streams.Text;
        StringBuilder text = new();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] == '\\' && i + 1 < format.Length)
            {
                char c = format[++i];
                text.Append(c switch { 'n' => "\n", 'r' => "\r", 't' => "\t", _ => "\\" + c });
            }
            else if (format[i] != '%' || i + 1 == format.Length) text.Append(format[i]);
            else if (format[i + 1] == '%') text.Append(format[++i]);
            else if (Braced(format, i + 1, out int end) is { } name)
            {
                i = end;
                if (name is "stderr" or "stdout")
                {
                    await WriteAsync(target, text).ConfigureAwait(false);
                    target = name == "stderr" ? streams.Error : streams.Text;
                }
                else text.Append(Value(name));
            }
            else if (format.AsSpan(i + 1).StartsWith("header", StringComparison.Ordinal) && Braced(format, i + 7, out end) is { } field)
            {
                i = end;
                text.Append(response.Headers[field]);
            }
            else text.Append('%');
        }

        await WriteAsync(target, text).ConfigureAwait(false);
    }

    private async Task WriteAsync(TextWriter target, StringBuilder text)
    {
        string value = text.ToString();
        text.Clear();
        await target.WriteAsync(streams.IsTerminal || target == streams.Error ? TerminalText.Lines(value) : value).ConfigureAwait(false);
    }

    private static string? Braced(string format, int at, out int end)
    {
        end = at < format.Length && format[at] == '{' ? format.IndexOf('}', at) : -1;
        return end < 0 ? null : format[(at + 1)..end];
    }

    private string Value(string name) => name switch
    {
        "http_code" or "response_code" => response.StatusCode.ToString("000", CultureInfo.InvariantCulture),
        "url" => response.Request.Url,
        "url_effective" => response.Url.ToString(),
        "method" => response.Method,
        "scheme" => response.Url.Scheme,
        "http_version" => response.HttpVersion.Major > 1 ? Text(response.HttpVersion.Major) : response.HttpVersion.ToString(),
        "content_type" => response.Headers["Content-Type"] ?? "",
        "redirect_url" => response.NextRequest?.Url ?? "",
        "num_redirects" => Text(response.History.Count),
        "num_connects" => response.ConnectionReused ? "0" : "1",
        "num_headers" => Text(response.Headers.Count),
        "size_download" => Text(size),
        "speed_download" => Text(response.Timings.Total > TimeSpan.Zero ? (long)(size / response.Timings.Total.TotalSeconds) : 0),
        "filename_effective" => output.Path ?? "",
        "remote_ip" => (response.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "",
        "remote_port" => (response.RemoteEndPoint as IPEndPoint)?.Port.ToString(CultureInfo.InvariantCulture) ?? "",
        "exitcode" or "ssl_verify_result" or "proxy_ssl_verify_result" or "urlnum" => "0",
        "errormsg" or "ftp_entry_path" or "referer" => "",
        _ => Time(name) ?? Note(name),
    };

    private string? Time(string name)
    {
        Timings timings = response.Timings;
        TimeSpan? time = name switch
        {
            "time_total" => timings.Total,
            "time_namelookup" => timings.Dns,
            "time_connect" => timings.Dns + timings.Connect,
            "time_appconnect" => timings.Tls == TimeSpan.Zero ? TimeSpan.Zero : timings.Dns + timings.Connect + timings.Tls,
            "time_pretransfer" => timings.Dns + timings.Connect + timings.Tls,
            "time_posttransfer" => timings.RequestSent ?? timings.FirstByte ?? timings.Total,
            "time_starttransfer" => timings.FirstByte ?? timings.Total,
            "time_redirect" => response.History.Aggregate(TimeSpan.Zero, static (sum, hop) => sum + hop.Timings.Total),
            "time_queue" => timings.Queue,
            _ => null,
        };
        return time?.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture);
    }

    private string Note(string name)
    {
        streams.Error.WriteLine($"requests: -w has no '%{{{TerminalText.Line(name)}}}' here.");
        return "";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
