using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace RequestsAsync.Testing;

/// <summary>
/// HTTP/2 with prior knowledge (RFC 9113 §3.3) on the port that also speaks HTTP/1.1: the first bytes of a connection say which it is.
/// </summary>
internal static class PriorKnowledge
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    internal static ConnectionDelegate Detect(ConnectionDelegate next) => async connection =>
    {
        if (await HasPrefaceAsync(connection).ConfigureAwait(false))
        {
            // Kestrel takes HTTP/2 beside HTTP/1.1 only from ALPN, so this says what ALPN would have said. The scheme stays that of the request.
            var agreed = new AgreedHttp2();
            connection.Features.Set<ITlsConnectionFeature>(agreed);
            connection.Features.Set<ITlsApplicationProtocolFeature>(agreed);
        }

        await next(connection).ConfigureAwait(false);
    };

    // Nothing is consumed: whoever serves the connection reads the same bytes again.
    private static async Task<bool> HasPrefaceAsync(ConnectionContext connection)
    {
        PipeReader input = connection.Transport.Input;
        CancellationToken closing =
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using CancellationTokenRegistration registration = closing.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), input);
        while (true)
        {
            ReadResult read = await input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            bool? answer = IsPreface(read.Buffer);
            if (answer is null && (read.IsCompleted || read.IsCanceled)) answer = false;
            input.AdvanceTo(read.Buffer.Start, answer is null ? read.Buffer.End : read.Buffer.Start);
            if (answer is { } known) return known;
        }
    }

    /// <summary>Whether it begins so; <see langword="null"/> where there are too few bytes to say.</summary>
    internal static bool? IsPreface(ReadOnlySequence<byte> start)
    {
        Span<byte> bytes = stackalloc byte[24];
        int length = (int)Math.Min(start.Length, Preface.Length);
        start.Slice(0, length).CopyTo(bytes);
        if (!Preface.StartsWith(bytes[..length])) return false;
        return length == Preface.Length ? true : null;
    }
}
