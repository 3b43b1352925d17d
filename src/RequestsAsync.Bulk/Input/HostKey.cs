using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync.Bulk;

/// <summary>Whom politeness is owed.</summary>
internal static class HostKey
{
    private const int MaxNameLength = 253; // RFC 1035 §2.3.4, as text and without the root's dot
    private const int MaxLabelLength = 63;
    private static readonly SearchValues<char> OrdinaryCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>The host name, with the port where it is not the scheme's own.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Why there is none: the host is one that no name server can know.</param>
    public static bool TryOf(Url url, [NotNullWhen(true)] out string? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        problem = ProblemOf(url);
        if (problem is not null) return false;
        key = url.Authority;
        return true;
    }

    private static string? ProblemOf(Url url)
    {
        string host = url.Host;
        if (host.AsSpan().TrimEnd('.').Length > MaxNameLength) return $"the host's name is longer than {MaxNameLength} characters.";
        bool isOrdinary = !host.AsSpan().ContainsAnyExcept(OrdinaryCharacters);
        foreach (Range label in host.AsSpan().Split('.'))
        {
            int length = label.End.Value - label.Start.Value;
            if (length > MaxLabelLength && host[0] != '[') return $"a part of the host's name is longer than {MaxLabelLength} characters.";
            isOrdinary &= length > 0;
        }

        // Almost all are, and a Uri for each line is much.
        if (isOrdinary) return null;

        try
        {
            _ = url.ToUri();
            return null;
        }
        catch (InvalidRequestException e)
        {
            return e.Message;
        }
    }
}
