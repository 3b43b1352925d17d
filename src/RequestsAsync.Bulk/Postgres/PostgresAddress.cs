using Npgsql;

namespace RequestsAsync.Bulk;

/// <summary>Reads where a database is: <c>postgres://user:password@host:port/database?sslmode=require</c>, or Npgsql's <c>Host=…;Username=…</c>.</summary>
/// <remarks>What cannot be read is told without the text: it may hold a password.</remarks>
internal static class PostgresAddress
{
    // The names of libpq that Npgsql calls otherwise; all others are passed on as they are.
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["target_session_attrs"] = "Target Session Attributes",
        ["user"] = "Username",
        ["dbname"] = "Database",
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="FrontierException">It cannot be read.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        bool isUrl = text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
        NpgsqlConnectionStringBuilder builder = isUrl ? OfUrl(text) : OfPairs(text);
        if (string.IsNullOrEmpty(builder.Host)) throw Unreadable("it names no host");

        builder.PersistSecurityInfo = false;
        if (string.IsNullOrEmpty(builder.ApplicationName)) builder.ApplicationName = "requests bulk";
        return builder;
    }

    private static NpgsqlConnectionStringBuilder OfPairs(string text)
    {
        try
        {
            return new(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unreadable("it is neither a postgres:// URL nor pairs such as Host=db;Username=crawler;Database=crawl"); // the cause would quote it
        }
    }

    private static NpgsqlConnectionStringBuilder OfUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url)) throw Unreadable("the URL is not valid; a '/', '@', ':' or '%' in a name or password is written as %2F, %40, %3A, %25");

        NpgsqlConnectionStringBuilder builder = new() { Host = url.IdnHost, Port = url.Port > 0 ? url.Port : 5432 };
        string[] user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0) builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) builder.Password = Uri.UnescapeDataString(user[1]);
        if (url.AbsolutePath.Length > 1) builder.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        foreach (string pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            string name = Uri.UnescapeDataString(parts[0]);
            try
            {
                builder[Names.GetValueOrDefault(name, name)] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
            }
            catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
            {
                throw Unreadable($"the URL's parameter '{name}' is not known, or its value is none for it");
            }
        }

        return builder;
    }

    private static FrontierException Unreadable(string why) => new($"The address of the database cannot be read: {why}.");
}
