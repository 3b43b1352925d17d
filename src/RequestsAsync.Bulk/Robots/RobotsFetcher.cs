using System.Buffers;
using System.Globalization;
using System.Text;
using System.Threading.RateLimiting;

namespace RequestsAsync.Bulk;

/// <summary>Asks origins for their robots.txt (RFC 9309 §2.3).</summary>
internal sealed class RobotsFetcher(Fetcher fetcher, BulkOptions options)
{
    private const int MaxBytes = 500 << 10; // §2.5: at least 500 KiB are to be read

    private const int MaxRedirects = 5; // §2.3.1.2

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24); // §2.4
    private static readonly TimeSpan Forbidden = TimeSpan.FromHours(1);

    /// <summary>
    /// Asks for it once. 2xx is read and 4xx allows everything; 5xx and failures are tried again as often as requests are, and then forbid everything; so is 429, and then allows everything.
    /// </summary>
    /// <param name="origin">The origin.</param>
    /// <param name="before">What is known of it.</param>
    /// <param name="waiting">Ends the waiting for the job's rate.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="OperationCanceledException">The worker stops.</exception>
    public async Task<RobotsNote> FetchAsync(string origin, RobotsNote? before, CancellationToken waiting, CancellationToken cancellationToken)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        int tries = (before is { IsOpen: true } ? before.Tries : 0) + 1;
        TimeSpan? wait = null;
        string problem;
        try
        {
            (int status, string text, wait) = await SendAsync(new("GET", origin + "/robots.txt"), waiting, cancellationToken).ConfigureAwait(false);
            if (status < 500 && (status != 429 || tries > options.MaxRetries)) return new() { Text = text, Product = options.RobotsProduct, Expires = now + Fresh };
            problem = string.Create(CultureInfo.InvariantCulture, $"status {status}");
        }
        catch (RequestException e)
        {
            problem = e.Message;
        }

        return new() { Problem = problem, Tries = tries, IsOpen = tries <= options.MaxRetries, Wait = wait, Expires = now + Forbidden };
    }

    // Of redirects beyond the limit the last one is told, and a robots.txt that is not 2xx is as if there were none (§2.3.1.2, §2.3.1.3).
    private async ValueTask<(int Status, string Text, TimeSpan? Wait)> SendAsync(Request request, CancellationToken waiting, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            using RateLimitLease? permit = await fetcher.EnterAsync(request.Url, waiting).ConfigureAwait(false);
            Response response = await fetcher.Session.StreamAsync(request, cancellationToken).ConfigureAwait(false);
            await using (response.ConfigureAwait(false))
            {
                if (response.IsRedirect && redirects < MaxRedirects) request = response.NextRequest!;
                else if (response.StatusCode is >= 200 and < 300) return (response.StatusCode, await ReadAsync(response, cancellationToken).ConfigureAwait(false), null);
                else return (response.StatusCode, "", fetcher.WaitOf(response));
            }
        }
    }

    // What concerns others is not kept: it would be held, and written down, with every host.
    private async ValueTask<string> ReadAsync(Response response, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> text = new();
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            text.Write(chunk.Span[..Math.Min(chunk.Length, MaxBytes - text.WrittenCount)]);
            if (text.WrittenCount == MaxBytes) break;
        }

        // Half of a line that is cut off might forbid more than the whole, or allow it.
        ReadOnlySpan<byte> whole = text.WrittenCount == MaxBytes ? text.WrittenSpan[..(text.WrittenSpan.LastIndexOfAny("\r\n"u8) + 1)] : text.WrittenSpan;
        return RobotsRules.Parse(Encoding.UTF8.GetString(whole), options.RobotsProduct).ToString();
    }
}
