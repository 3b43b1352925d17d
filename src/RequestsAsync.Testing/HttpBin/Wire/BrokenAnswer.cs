using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace RequestsAsync.Testing;

/// <summary>Ends an answer before its end.</summary>
internal static class BrokenAnswer
{
    // RFC 9113 §7.
    internal const int InternalError = 0x2;

    /// <summary>
    /// Resets the stream of HTTP/2 with a code; in HTTP/1.1 the connection, once what was written has been sent.
    /// </summary>
    internal static async Task BreakAsync(BinCall call, int errorCode = InternalError)
    {
        if (call.Http.Features.Get<IHttpResetFeature>() is { } stream)
        {
            stream.Reset(errorCode);
            return;
        }

        // A reset overtakes what is still to be sent. So what was begun is closed behind its last byte instead.
        if (call.Response.HasStarted && call.Http.Features.Get<ConnectionOutput>() is { } output)
        {
            await output.EndAsync().ConfigureAwait(false);
            if (call.Http.Features.Get<IConnectionLifetimeFeature>() is { } connection) await ClosedAsync(connection.ConnectionClosed).ConfigureAwait(false);
        }

        call.Http.Abort();
    }

    /// <summary>Sends a piece of a body, and waits until no reset can overtake it any more.</summary>
    internal static async Task DeliverAsync(BinCall call, ReadOnlyMemory<byte> piece)
    {
        DataWatch? watch = null;
        if (call.Http.Features.Get<IHttp2StreamIdFeature>() is { } stream && call.Http.Features.Get<ConnectionOutput>() is { } output)
        {
            watch = new DataWatch(stream.StreamId, piece.Length);
            output.Add(watch);
        }

        bool isSent = await call.WriteAsync(piece).ConfigureAwait(false);
        if (isSent && watch is not null) await watch.Sent.WaitAsync(call.Aborted).ConfigureAwait(false);
    }

    private static async Task ClosedAsync(CancellationToken closed)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = closed.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), done);
        await done.Task.ConfigureAwait(false);
    }
}
