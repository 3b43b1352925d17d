namespace RequestsAsync.Bulk;

/// <summary>Whom politeness is owed.</summary>
internal static class HostKey
{
    /// <summary>The host name, with the port where it is not the scheme's own.</summary>
    public static string Of(Url url) => url.Authority;
}
