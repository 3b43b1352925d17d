using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace RequestsAsync.Testing;

/// <summary>Answers of the 1xx kind (RFC 9110 §15.2), which Kestrel has no call for.</summary>
internal static class InterimAnswer
{
    /// <summary>
    /// Sends a 103 (RFC 8297) ahead of the answer. Returns whether it did: in memory there is no wire to put it on, and HTTP/1.0 knows no
    /// interim answers.
    /// </summary>
    internal static async ValueTask<bool> SendEarlyHintsAsync(BinCall call, IReadOnlyList<(string Name, string Value)> fields)
    {
        if (call.Http.Features.Get<ConnectionOutput>() is not { } output || HttpProtocol.IsHttp10(call.Request.Protocol)) return false;
        byte[] head = call.Http.Features.Get<IHttp2StreamIdFeature>() is { } stream
            ? Http2Frames.InterimHead(stream.StreamId, status: 103, fields)
            : Encode("HTTP/1.1 103 Early Hints\r\n", fields);
        await output.InsertAsync(head, call.Aborted).ConfigureAwait(false);
        return true;
    }

    private static byte[] Encode(string statusLine, IReadOnlyList<(string Name, string Value)> fields)
    {
        var head = new StringBuilder(statusLine);
        foreach ((string name, string value) in fields) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }
}
