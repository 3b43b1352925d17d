using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>Chooses the reply to each request as curl's own test server does: by the number in the path, by the credentials, and by <c>swsbounce</c>.</summary>
internal sealed class CurlReplyParts
{
    private const string Fallback = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private int _bounce = -1;
    private int _lastPart;

    /// <param name="reply">The one reply that a case holds, or <see langword="null"/>.</param>
    /// <param name="all">All its parts, where they are known.</param>
    public CurlReplyParts(string? reply, JsonElement? all)
    {
        if (reply is not null) _parts["data"] = reply;
        if (all is not { } parts) return;

        foreach (JsonProperty part in parts.EnumerateObject())
        {
            if (part.Value.ValueKind == JsonValueKind.Object && part.Value.TryGetProperty("latin1", out JsonElement text)) _parts[part.Name] = text.GetString()!;
        }
    }

    /// <summary>Whether a reply was asked for that is not known.</summary>
    public bool LacksReply { get; private set; }

    /// <summary>The reply to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="port">The port to name in it.</param>
    public byte[] Choose(RecordedRequest request, int port)
    {
        int part = PartOf(request);
        string name = (request.Method == "CONNECT" ? "connect" : "data") + (part > 0 ? part.ToString(CultureInfo.InvariantCulture) : "");
        if (!_parts.TryGetValue(name, out string? reply))
        {
            LacksReply = true;
            reply = Fallback;
        }

        if (reply.Contains("swsbounce", StringComparison.Ordinal)) _bounce = part + 1;
        return Encoding.Latin1.GetBytes(reply.Replace("%HTTPPORT", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    private int PartOf(RecordedRequest request)
    {
        int part = NumberIn(request.Target) is > 10000 and long number ? (int)(number % 10000) : 0;
        if (request.Method == "CONNECT") part = NumberAfterDot(request.Target);
        string authorization = RecordedRequest.Field(request.Head, "Authorization") ?? RecordedRequest.Field(request.Head, "Proxy-Authorization") ?? "";
        if (authorization.StartsWith("Digest ", StringComparison.Ordinal)) part += 1000;
        else if (authorization.StartsWith("Basic ", StringComparison.Ordinal) && part >= 1000) part++;
        if (_bounce >= 0 && part == _lastPart)
        {
            part = _bounce;
            _bounce = -1;
            return part;
        }

        _bounce = -1;
        return _lastPart = part;
    }

    private static long NumberIn(string target)
    {
        int slash = target.LastIndexOf('/');
        string digits = string.Concat(target[(slash + 1)..].TakeWhile(char.IsAsciiDigit));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
    }

    private static int NumberAfterDot(string authority)
    {
        string host = authority.Split(':')[0];
        return int.TryParse(host[(host.LastIndexOf('.') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 10000 ? number % 10000 : 0;
    }
}
