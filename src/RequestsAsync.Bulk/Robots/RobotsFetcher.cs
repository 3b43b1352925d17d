using System.Buffers;
using System.Globalization;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>Asks origins for their robots.txt (RFC 9309 §2.3).</summary>
internal sealed class RobotsFetcher(Session session, BulkOptions options)
{
    private const int MaxBytes = 500 << 10; // §2.5: at least 500 KiB are to be read

    /// <summary>How many redirects are followed on the way to a robots.txt (§2.3.1.2).</summary>
    public const int MaxRedirects = 5;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24); // §2.4
    private static readonly TimeSpan Forbidden = TimeSpan.FromHours(1);

    /// <summary>The origin of a URL.</summary>
    public static string OriginOf(string url) => Url.Parse(url).Origin;

    /// <summary>Asks for it once. 2xx is read, 4xx allows everything, 5xx and failures are tried again as often as requests are, and then forbid everything.</summary>
    /// <exception cref="OperationCanceledException">The worker stops.</exception>
    public async Task<RobotsNote> FetchAsync(string origin, RobotsNote? before, CancellationToken cancellationToken)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        string problem;
        try
        {
            Response response = await session.StreamAsync("GET", origin + "/robots.txt", new() { FollowRedirects = true }, cancellationToken).ConfigureAwait(false);
            await using (response.ConfigureAwait(false))
            {
                if (response.StatusCode is >= 200 and < 300) return new() { Text = await ReadAsync(response, cancellationToken).ConfigureAwait(false), Expires = now + Fresh };
                if (response.StatusCode < 500) return new() { Expires = now + Fresh };
                problem = string.Create(CultureInfo.InvariantCulture, $"status {response.StatusCode}");
            }
        }
        catch (TooManyRedirectsException)
        {
            return new() { Expires = now + Fresh }; // §2.3.1.2: as if there were none
        }
        catch (RequestException e)
        {
            problem = e.Message;
        }

        int tries = (before is { IsOpen: true } ? before.Tries : 0) + 1;
        return new() { Problem = problem, Tries = tries, IsOpen = tries <= options.MaxRetries, Expires = now + Forbidden };
    }

    private static async ValueTask<string> ReadAsync(Response response, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> text = new();
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            text.Write(chunk.Span[..Math.Min(chunk.Length, MaxBytes - text.WrittenCount)]);
            if (text.WrittenCount == MaxBytes) break;
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
