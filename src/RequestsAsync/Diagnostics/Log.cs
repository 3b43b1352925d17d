using Microsoft.Extensions.Logging;

namespace RequestsAsync;

/// <summary>What is written to the log. URLs are shown without the values of their queries.</summary>
internal static partial class Log
{
    /// <summary>A request is sent again.</summary>
    public static void Retries(ILogger? logger, PreparedRequest request, RetryInfo info)
    {
        if (logger?.IsEnabled(LogLevel.Information) is not true) return;

        string reason = info.Error is { } error ? error.GetType().Name : $"status {info.Response!.StatusCode}";
        Retries(logger, request.Method.Method, RequestSpan.ShownUrl(request.Url), info.Sending, info.Delay.TotalSeconds, reason);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Message}")]
    public static partial void Warn(ILogger logger, string message);

    [LoggerMessage(2, LogLevel.Information, "{Method} {Url}: sending {Sending} follows in {Seconds:0.###} s, after {Reason}")]
    private static partial void Retries(ILogger logger, string method, string url, int sending, double seconds, string reason);
}
