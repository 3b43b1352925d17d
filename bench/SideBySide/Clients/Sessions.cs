namespace RequestsAsync.SideBySide;

/// <summary>Makes the session that is measured.</summary>
internal static class Sessions
{
    /// <summary>A session with nothing set but the authority, and room for the connections where the default's does not suffice.</summary>
    public static Session Create(LoadSettings settings)
    {
        SessionOptions options = new();
        if (settings.Authority is { } file) options.Tls.Ca.Add(file);
        if (settings.Connections > 200) options.Limits = new() { MaxConnections = settings.Connections };
        if (settings.Shape is LoadShape.Download or LoadShape.Discard) options.Timeout = new() { Total = TimeSpan.FromMinutes(5) };
        return new Session(options);
    }
}
