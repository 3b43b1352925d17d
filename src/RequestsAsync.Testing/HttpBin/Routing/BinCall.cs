using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RequestsAsync.Testing;

/// <summary>One request on its way through an endpoint: its parameters, and the ways to answer it.</summary>
internal sealed class BinCall(HttpContext http, string mount, TimeProvider time, CancellationToken stopping = default)
{
    internal const string Html = "text/html; charset=utf-8";

    private Fields? _args;

    internal HttpContext Http => http;

    internal HttpRequest Request => http.Request;

    internal HttpResponse Response => http.Response;

    /// <summary>Cancelled when the client went away.</summary>
    internal CancellationToken Aborted => http.RequestAborted;

    internal TimeProvider Time => time;

    /// <summary>The query's fields, names in their letter case.</summary>
    internal Fields Args => _args ??= Fields.Decode(Encoding.UTF8.GetBytes(Request.QueryString.Value ?? "").AsSpan().TrimStart((byte)'?'));

    /// <summary>Path and query as the client wrote them, not decoded.</summary>
    internal string Target
    {
        get
        {
            string target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
            if (target.StartsWith('/')) return target;

            // RFC 9112 §3.2.2: a request through a proxy names the whole URL, and a server has to take it.
            return Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute)
                ? absolute.PathAndQuery
                : Request.PathBase.Add(Request.Path).ToUriComponent() + Request.QueryString.ToUriComponent();
        }
    }

    /// <summary>Scheme and authority the client used, or the address it connected to where it named none, as in HTTP/1.0.</summary>
    internal string Authority => $"{Request.Scheme}://{(Request.Host.HasValue ? Request.Host.Value : LocalAddress())}";

    // Data of a 204, a 205 or a 304 would be read as the start of the next answer (RFC 9110 §6.4.1).
    private bool MayHaveBody => Response.StatusCode is not (204 or 205 or 304);

    private bool WantsBody => MayHaveBody && !HttpMethods.IsHead(Request.Method);

    /// <summary>An endpoint of this httpbin as a path, with what it is mounted under.</summary>
    internal string PathTo(string endpoint) => mount + endpoint;

    /// <summary>A segment of the path.</summary>
    /// <remarks>Servers decode everything in a path but the escaped slash, which would change the segments.</remarks>
    internal string Segment(string name) =>
        ((string)Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A segment that is a number of digits only; anything else is another path, so a 404. Capped at <paramref name="max"/>.</summary>
    internal int Count(string name, int max = int.MaxValue)
    {
        string digits = Segment(name);
        if (digits.AsSpan().ContainsAnyExceptInRange('0', '9')) throw new RejectedException(404, $"Not a number: {digits}");
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? Math.Min(count, max) : max;
    }

    /// <summary>A whole number of the query, or the default where it is absent.</summary>
    internal long Integer(string name, long defaultValue)
    {
        if (Args.First(name) is not { } text) return defaultValue;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new RejectedException($"{name} must be a whole number.");
    }

    /// <summary>Seconds of the query, or the default where they are absent. Capped at an hour.</summary>
    internal TimeSpan Seconds(string name, double defaultSeconds) =>
        Args.First(name) is { } text ? ParseSeconds(text, 3600) : TimeSpan.FromSeconds(defaultSeconds);

    internal static TimeSpan ParseSeconds(string text, double max) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && double.IsFinite(seconds) && seconds >= 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, max))
            : throw new RejectedException("Seconds must be a number of zero or more.");

    /// <summary>A number of the query from 0 to <paramref name="max"/>, or the default where it is absent.</summary>
    internal int Bounded(string name, int defaultValue, int max)
    {
        long value = Integer(name, defaultValue);
        return value >= 0 ? (int)Math.Min(value, max) : throw new RejectedException($"{name} must be zero or more.");
    }

    /// <summary>A yes or no of the query, or the default where it is absent.</summary>
    internal bool Flag(string name, bool defaultValue) => Args.First(name)?.ToUpperInvariant() switch
    {
        null => defaultValue,
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => throw new RejectedException($"{name} must be true or false."),
    };

    /// <summary>Cancelled when the client went away or this server stops.</summary>
    internal CancellationTokenSource LinkLifetime() => CancellationTokenSource.CreateLinkedTokenSource(Aborted, stopping);

    /// <summary>Cancelled when the connection ended or this server stops; of use when the request is over too.</summary>
    internal CancellationTokenSource LinkConnection() => CancellationTokenSource.CreateLinkedTokenSource(
        http.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? CancellationToken.None, stopping);

    /// <summary>Waits on a timer, and no longer than the client or this server live.</summary>
    internal async Task DelayAsync(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero) return;
        using CancellationTokenSource ends = LinkLifetime();
        await Pause.WaitAsync(delay, time, async: true, ends.Token).ConfigureAwait(false);
    }

    /// <summary>Adds a header the client chose the name or the value of.</summary>
    internal void AppendHeader(string name, string value)
    {
        if (!HeaderRules.IsToken(name) || !HeaderSyntax.IsValue(value)) throw new RejectedException($"Not a header: {name}");
        try
        {
            Response.Headers.Append(name, value);
        }
        catch (InvalidOperationException)
        {
            throw new RejectedException($"This server does not send such a value of {name}.");
        }
    }

    internal Task SendAsync(int status) => SendAsync(status, Html, default);

    internal Task TextAsync(string text, int status = 200) => SendAsync(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    internal Task HtmlAsync(string text, int status = 200) => SendAsync(status, Html, Encoding.UTF8.GetBytes(text));

    internal Task JsonAsync(Action<Utf8JsonWriter> writeMembers, int status = 200) =>
        SendAsync(status, MediaTypeNames.Application.Json, EchoJson.Document(writeMembers));

    /// <summary>Sends one whole body; without a content type, none is named.</summary>
    internal Task SendAsync(int status, string? contentType, ReadOnlyMemory<byte> body)
    {
        Describe(status, contentType, body.Length);
        return WantsBody ? Response.Body.WriteAsync(body, Aborted).AsTask() : Task.CompletedTask;
    }

    /// <summary>Sends the headers of a body that follows piece by piece, of a known length or chunked.</summary>
    internal Task StartAsync(int status, string contentType, long? length = null)
    {
        Describe(status, contentType, length);
        return Response.Body.FlushAsync(Aborted);
    }

    /// <summary>Sends a piece of a body at once. Returns whether the client wants to see more.</summary>
    internal async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> piece)
    {
        if (!WantsBody) return false;
        await Response.Body.WriteAsync(piece, Aborted).ConfigureAwait(false);
        await Response.Body.FlushAsync(Aborted).ConfigureAwait(false);
        return true;
    }

    private void Describe(int status, string? contentType, long? length)
    {
        Response.StatusCode = status;
        if (contentType is not null) Response.ContentType ??= contentType;
        if (MayHaveBody) Response.ContentLength = length;
    }

    private string LocalAddress() => $"{http.Connection.LocalIpAddress}:{http.Connection.LocalPort.ToString(CultureInfo.InvariantCulture)}";
}
