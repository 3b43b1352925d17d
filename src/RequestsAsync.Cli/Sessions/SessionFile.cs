namespace RequestsAsync.Cli;

/// <summary>A named session: cookies, header fields and credentials that one request leaves for the next, kept in a file.</summary>
/// <remarks>
/// The file has the form of HTTPie's, in its newer layout and its older one. It belongs to one host: fields and credentials that were given for it never go to
/// another, whatever file is named.
/// </remarks>
internal sealed class SessionFile
{
    // What every server is told, and no secret.
    private static readonly HashSet<string> Harmless = new(["User-Agent", "Accept", "Accept-Language", "Accept-Encoding"], StringComparer.OrdinalIgnoreCase);

    private readonly string _path;
    private readonly SessionData _data;

    private SessionFile(string path, SessionData data, bool isNew)
    {
        _path = path;
        _data = data;
        IsNew = isNew;
    }

    /// <summary>Whether there was no file before.</summary>
    public bool IsNew { get; }

    /// <summary>The header fields.</summary>
    public Headers Headers => _data.Headers;

    /// <summary>The cookies; what comes into the jar is kept.</summary>
    public CookieJar Cookies => _data.Cookies;

    /// <summary>The credentials.</summary>
    public Credentials? Credentials => _data.Credentials;

    /// <summary>Opens the session of a name, or in a file where the name is a path.</summary>
    /// <param name="name">The name, or a path with a separator in it.</param>
    /// <param name="url">Where the request goes.</param>
    /// <param name="configFolder">The folder of the configuration.</param>
    /// <exception cref="CommandException">It is no name, the file cannot be read, or it belongs to another host.</exception>
    public static SessionFile Open(string name, Url url, string configFolder)
    {
        string path = PathOf(name, url, configFolder);
        SessionData? data = null;
        try
        {
            if (File.Exists(path)) data = SessionJson.Read(File.ReadAllBytes(path), url);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The session {path} cannot be read: {e.Message}", innerException: e);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or FormatException or KeyNotFoundException or InvalidRequestException)
        {
            throw new CommandException($"{path} is no session: {e.Message}", "Mend the file or remove it; a new one is made then.", e);
        }

        if (data?.Host is { } host && !host.Equals(url.Authority, StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"The session {path} belongs to {host}, not to {url.Authority}.", "Use another file; a plain name has one for each host.") { Code = ExitCode.Invalid };
        bool isNew = data is null;
        data ??= new SessionData();
        data.Host = url.Authority;
        return new(path, data, isNew);
    }

    /// <summary>Keeps what a command line gave, but for what describes that one message, and takes cookies that were written as a header into the jar.</summary>
    /// <param name="given">The header fields of the command line; a cookie is taken out of them.</param>
    /// <param name="credentials">Its credentials.</param>
    /// <param name="url">Where the request goes.</param>
    public void Remember(Headers given, Credentials? credentials, Url url)
    {
        foreach (string cookie in given.GetValues("Cookie").SelectMany(static value => value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            int equals = cookie.IndexOf('=', StringComparison.Ordinal);
            Cookies.Set(equals < 0 ? "" : cookie[..equals], cookie[(equals + 1)..], url.Host);
        }

        given.Remove("Cookie");
        HashSet<string> replaced = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in given)
        {
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("If-", StringComparison.OrdinalIgnoreCase)) continue;

            if (replaced.Add(name)) Headers.Remove(name);
            Headers.Add(name, value);
        }

        if (credentials is not null) _data.Credentials = credentials;
    }

    /// <summary>Holds the session to what the file is for: its fields go to no other host, wherever a redirect leads.</summary>
    public void Bind(SessionOptions settings)
    {
        foreach ((string name, _) in Headers)
        {
            if (!Harmless.Contains(name)) settings.SensitiveHeaders.Add(name);
        }
    }

    /// <summary>Writes the file, whole or not at all, for its owner alone.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public void Save()
    {
        string target = new FileInfo(_path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : _path;
        string temporary = $"{target}.{Path.GetRandomFileName().AsSpan(0, 8)}.tmp";
        try
        {
            CreateFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (FileStream file = new(temporary, options))
                file.Write(SessionJson.Write(_data));
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw new CommandException($"The session {_path} cannot be written: {e.Message}", innerException: e);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string PathOf(string name, Url url, string configFolder)
    {
        if (name.Contains(Path.DirectorySeparatorChar) || name.Contains('/')) return ItemFile.Expand(name);
        if (name.Length == 0 || name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')))
            throw CommandException.Usage($"'{name}' is no name for a session: it has letters, digits, '_', '-' and '.'.", "A path has a separator in it: ./FILE.json.");
        return Path.Combine(configFolder, "sessions", url.Authority.Replace(':', '_'), name + ".json");
    }
}
