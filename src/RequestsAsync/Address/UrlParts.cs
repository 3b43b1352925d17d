using System.Runtime.InteropServices;

namespace RequestsAsync;

/// <summary>Where the components lie in a serialised URL.</summary>
/// <remarks>
/// <code>
/// https://user:pw@host.example:8443/path?query#fragment
///      |          |           |    |    |     |
///      |          HostStart   |    |    |     QueryEnd
///      SchemeEnd        HostEnd    |    PathEnd
///                                  PathStart
/// </code>
/// The query is present when something lies between PathEnd and QueryEnd, the fragment when something lies behind QueryEnd.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UrlParts(int SchemeEnd, int HostStart, int HostEnd, int PathStart, int PathEnd, int QueryEnd, int Port)
{
    /// <summary>The same parts when <paramref name="count"/> characters before the host are gone.</summary>
    public UrlParts WithoutBeforeHost(int count) => this with
    {
        HostStart = HostStart - count,
        HostEnd = HostEnd - count,
        PathStart = PathStart - count,
        PathEnd = PathEnd - count,
        QueryEnd = QueryEnd - count,
    };
}
