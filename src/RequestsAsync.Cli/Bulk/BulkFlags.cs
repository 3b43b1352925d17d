using System.CommandLine;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary>The options that say how a worker fetches: those of <c>requests bulk</c> and <c>requests bulk work</c>.</summary>
internal sealed class BulkFlags
{
    private readonly Option<int?> _concurrency = OptionKinds.Number("--concurrency", "How many requests are in flight at most; 512 unless given.");
    private readonly Option<int?> _perHost = OptionKinds.Number("--per-host", "How many of them to one host; 4 unless given.");
    private readonly Option<TimeSpan?> _delay = Time("--delay", "How long a host is left alone after each of its answers: 200ms, 1.5s.");
    private readonly Option<RateLimit?> _rate = Rate();
    private readonly Option<bool> _autoThrottle = OptionKinds.Flag("--autothrottle", "Ask slow hosts less often.");
    private readonly Option<bool> _robots = OptionKinds.Flag("--robots", "Obey robots.txt.");
    private readonly Option<string?> _hosts = OptionKinds.Text("--hosts", "FILE", "A JSON file with other delays and limits for single hosts.");
    private readonly Option<int?> _retries = OptionKinds.Number("--max-retries", "How often to try again after a failure that may pass; 3 unless given.");
    private readonly Option<int?> _redirects = OptionKinds.Number("--max-redirects", "How many redirects are followed; 10 unless given, 0 for none.");
    private readonly Option<string?> _body = OptionKinds.Text("--body", "none|inline|hash|file", "What becomes of the contents; 'hash' unless given.");
    private readonly Option<string?> _maxBody = OptionKinds.Text("--max-body", "SIZE", "How much of a content is read; 10M unless given.");
    private readonly Option<string[]> _headers = OptionKinds.List("--header", "NAME:VALUE", "A header field of every request.");
    private readonly TransportOptions _transport = new("How long a request may take in all; 60 unless given.");

    public BulkFlags()
    {
        _headers.Aliases.Add("-H");
        _concurrency.Aliases.Add("-c");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_concurrency, _perHost, _delay, _rate, _autoThrottle, _robots, _hosts, _retries, _redirects, _body, _maxBody, _headers])
            command.Options.Add(option);
        _transport.AddConnectionsTo(command);
    }

    /// <summary>How to fetch.</summary>
    /// <exception cref="CommandException">A value makes no sense.</exception>
    public BulkOptions Read(ParseResult parsed)
    {
        BulkOptions defaults = new();
        List<KeyValuePair<string, string>> headers = [.. (parsed.GetValue(_headers) ?? []).Select(HeaderOf)];
        string? agent = headers.LastOrDefault(static field => field.Key.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)).Value;
        _transport.Apply(parsed, new()); // what makes no sense is told before anything begins
        return defaults with
        {
            MaxConcurrency = AtLeastOne(parsed.GetValue(_concurrency), "-c") ?? defaults.MaxConcurrency,
            MaxPerHost = AtLeastOne(parsed.GetValue(_perHost), "--per-host") ?? defaults.MaxPerHost,
            Delay = parsed.GetValue(_delay) ?? defaults.Delay,
            Rate = parsed.GetValue(_rate),
            AutoThrottle = parsed.GetValue(_autoThrottle),
            ObeyRobots = parsed.GetValue(_robots),
            RobotsProduct = agent?.Split('/', ' ')[0] is { Length: > 0 } product ? product : defaults.RobotsProduct,
            HostPolicies = parsed.GetValue(_hosts) is { } file ? HostPolicyFile.Read(file).Find : null,
            MaxRetries = NotNegative(parsed.GetValue(_retries), "--max-retries") ?? defaults.MaxRetries,
            MaxRedirects = NotNegative(parsed.GetValue(_redirects), "--max-redirects") ?? defaults.MaxRedirects,
            Bodies = BodiesOf(parsed.GetValue(_body)) ?? defaults.Bodies,
            MaxBodyBytes = SizeOf(parsed.GetValue(_maxBody)) ?? defaults.MaxBodyBytes,
            Session = session =>
            {
                _transport.Apply(parsed, session);
                _transport.AllowSilence(parsed, session);
                foreach ((string name, string value) in headers) session.Headers[name] = value;
            },
        };
    }

    /// <summary>How to fetch where contents have places of their own, or have none.</summary>
    /// <exception cref="CommandException">A value makes no sense, or contradicts that.</exception>
    public BulkOptions Read(ParseResult parsed, bool hasPlaces)
    {
        BulkOptions options = Read(parsed);
        if (!hasPlaces && options.Bodies == BodyPolicy.File) throw CommandException.Usage("--body file needs --bodies DIR or --warc DIR: where the contents go.");
        if (hasPlaces && options.Bodies != BodyPolicy.File && parsed.GetValue(_body) is { } other)
            throw CommandException.Usage($"--body {other} contradicts --bodies and --warc, which take the contents: leave it out.");
        return hasPlaces ? options with { Bodies = BodyPolicy.File } : options;
    }

    private static KeyValuePair<string, string> HeaderOf(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? new(text[..colon].Trim(), text[(colon + 1)..].Trim()) : throw CommandException.Usage($"--header takes NAME:VALUE, not '{text}'.");
    }

    private static int? AtLeastOne(int? number, string name) => number is < 1 ? throw CommandException.Usage($"{name} takes a number from 1 on, not '{number}'.") : number;

    private static int? NotNegative(int? number, string name) => number is < 0 ? throw CommandException.Usage($"{name} takes a number from 0 on, not '{number}'.") : number;

    private static BodyPolicy? BodiesOf(string? text) => text switch
    {
        null => null,
        "none" => BodyPolicy.None,
        "inline" => BodyPolicy.Inline,
        "hash" => BodyPolicy.Hash,
        "file" => BodyPolicy.File,
        _ => throw CommandException.Usage($"--body takes none, inline, hash or file, not '{text}'."),
    };

    private static long? SizeOf(string? text) =>
        text is null ? null : BulkValues.TrySize(text, out long bytes) ? bytes : throw CommandException.Usage($"--max-body takes a size such as 64k or 10M, not '{text}'.");

    private static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => BulkValues.Read<TimeSpan>(result, BulkValues.TryTime, name, "a time such as 200ms or 1.5s"),
    };

    private static Option<RateLimit?> Rate() => new("--rate")
    {
        Description = "How many requests begin in which time, over all hosts: 1000/s, 600/m.",
        HelpName = "N/s",
        CustomParser = static result =>
        {
            string text = result.Tokens[^1].Value;
            if (BulkValues.TryRate(text, out int permits, out TimeSpan window)) return RateLimit.Per(permits, window);
            result.AddError($"--rate takes a rate such as 1000/s or 600/m, not '{text}'.");
            return null;
        },
    };
}
