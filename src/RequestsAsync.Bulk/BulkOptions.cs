using System.Globalization;

namespace RequestsAsync.Bulk;

/// <summary>How a worker fetches.</summary>
public sealed record BulkOptions
{
    /// <summary>How many requests are in flight at most; the worker finds out how many are good, between 1 and this.</summary>
    /// <value>Default: 512.</value>
    public int MaxConcurrency { get; init; } = 512;

    /// <summary>How many requests are in flight to one host at most. A host that is owed a delay gets one at a time.</summary>
    /// <value>Default: 4.</value>
    public int MaxPerHost { get; init; } = 4;

    /// <summary>How long a host is left alone after each of its responses.</summary>
    /// <value>Default: zero.</value>
    public TimeSpan Delay { get; init; }

    /// <summary>The longest delay that autothrottle or a host's <c>Crawl-delay</c> may lead to.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time that a host may ask to be left alone (<c>Retry-After</c>); a longer wish is cut to it.</summary>
    /// <value>Default: one hour.</value>
    public TimeSpan MaxBlock { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many requests begin in which time, over all hosts.</summary>
    /// <value>Default: <see langword="null"/>, as many as can.</value>
    public RateLimit? Rate { get; init; }

    /// <summary>Whether the delay of each host follows its latency: a slow server is asked less often. Errors never make it shorter.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AutoThrottle { get; init; }

    /// <summary>Whether robots.txt is asked for and obeyed (RFC 9309), <c>Crawl-delay</c> included.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ObeyRobots { get; init; }

    /// <summary>The product token that a robots.txt is searched for; it should be the one in the <c>User-Agent</c> that is sent.</summary>
    /// <value>Default: <c>RequestsAsync</c>.</value>
    public string RobotsProduct { get; init; } = "RequestsAsync";

    /// <summary>What else holds for single hosts; asked once for each lease of a host. <see langword="null"/>, or its answer, for nothing else.</summary>
    public Func<string, HostPolicy?>? HostPolicies { get; init; }

    /// <summary>How often a request is tried again after a failure that may pass.</summary>
    /// <value>Default: 3.</value>
    public int MaxRetries { get; init; } = 3;

    /// <summary>How many redirects are followed; 0 for none: the redirect is the result.</summary>
    /// <value>Default: 10. One more is an error.</value>
    public int MaxRedirects { get; init; } = 10;

    /// <summary>What becomes of the contents of responses.</summary>
    /// <value>Default: <see cref="BodyPolicy.Hash"/>. <see cref="BodyPolicy.File"/> where there is an <see cref="IBodySink"/>, and only there.</value>
    public BodyPolicy Bodies { get; init; } = BodyPolicy.Hash;

    /// <summary>How much of a content is read, decoded, in bytes; what is longer is cut, and its record says so.</summary>
    /// <value>Default: 10 MiB.</value>
    public long MaxBodyBytes { get; init; } = 10L << 20;

    /// <summary>How long a request may take.</summary>
    /// <value>Default: 60 seconds in all, 10 of them to connect.</value>
    public Timeouts Timeout { get; init; } = new() { Connect = TimeSpan.FromSeconds(10), Total = TimeSpan.FromSeconds(60) };

    /// <summary>What else the worker's session is to do: header fields, proxies, TLS. Redirects, retries and limits are the worker's own.</summary>
    public Action<SessionOptions>? Session { get; init; }

    /// <summary>What answers the requests instead of the network, in tests for example; the worker disposes it.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The worker's name, which no other worker of the job has.</summary>
    /// <value>Default: the machine's name, the process id and a number.</value>
    public string Worker { get; init; } =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{Random.Shared.Next(0x1000000):x6}");

    /// <summary>How long a lease lasts that is not renewed: how soon others take over from a worker that is gone.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many results are made durable together, at the latest.</summary>
    /// <value>Default: 2,048.</value>
    public int BatchSize { get; init; } = 2048;

    /// <summary>How long a result waits for others to be made durable together, at the longest.</summary>
    /// <value>Default: 250 milliseconds.</value>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
