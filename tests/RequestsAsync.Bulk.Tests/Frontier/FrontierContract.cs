namespace RequestsAsync.Bulk.Tests;

/// <summary>What every <see cref="IFrontier"/> must do. A class for each implementation inherits it, and says how a job is opened and how time passes there.</summary>
public abstract partial class FrontierContract : IAsyncLifetime
{
    private IFrontier? _frontier;

    /// <summary>A span that is long beside what a call takes: spans in the tests are counted in it.</summary>
    protected abstract TimeSpan Unit { get; }

    /// <summary>The job of the test, opened.</summary>
    protected IFrontier Frontier => _frontier ?? throw new InvalidOperationException("The job is not open.");

    /// <summary>Opens the job of the test: an empty one at first, later the same again.</summary>
    protected abstract ValueTask<IFrontier> OpenAsync();

    /// <summary>Cancels the job.</summary>
    protected abstract ValueTask CancelAsync(IFrontier frontier);

    /// <summary>Lets time pass, by the frontier's clock.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    /// <summary>Removes what the job left behind.</summary>
    protected abstract ValueTask RemoveAsync();

    public async ValueTask InitializeAsync() => _frontier = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_frontier is not null) await _frontier.DisposeAsync();
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task ReopenAsync()
    {
        await Frontier.DisposeAsync();
        _frontier = null;
        _frontier = await OpenAsync();
    }

    protected static BulkRequest Request(string host, string path, long line = 0)
    {
        string url = $"https://{host}/{path}";
        return new() { Id = RequestId.Of("GET", url, []), Url = url, Host = host, Line = line };
    }

    protected static BulkRequest[] Requests(string host, params string[] paths) => [.. paths.Select(path => Request(host, path))];

    protected ValueTask<int> AddAsync(string host, params string[] paths) => Frontier.EnqueueAsync(Requests(host, paths), 0);

    /// <summary>Leases one host, with at most so many requests.</summary>
    protected async Task<HostLease> LeaseOneAsync(int requests = 16, string worker = "w1", TimeSpan? duration = null) =>
        Assert.Single((await LeaseAsync(1, requests, worker, duration)).Hosts);

    protected ValueTask<LeaseBatch> LeaseAsync(int hosts, int requests = 16, string worker = "w1", TimeSpan? duration = null) => Frontier.LeaseAsync(
        new() { Worker = worker, MaxHosts = hosts, MaxRequestsPerHost = requests, Duration = duration ?? TimeSpan.FromMinutes(10) });

    protected ValueTask<LeaseBatch> SettleAsync(params Settlement[] settlements) =>
        Frontier.LeaseAsync(new() { Worker = "w1", Settlements = settlements, Duration = TimeSpan.FromMinutes(10) });

    protected ValueTask<LeaseBatch> ReleaseAsync(HostLease lease, TimeSpan delay = default, string? notes = null, params Settlement[] settlements) => Frontier.LeaseAsync(
        new() { Worker = "w1", Settlements = settlements, Releases = [new(lease.Key, delay, notes)] });

    protected static Settlement Done(HostLease lease, LeasedRequest request) => new Settlement.Done(lease.Key, request.Number, "{}"u8.ToArray());

    protected static Settlement Again(HostLease lease, LeasedRequest request, TimeSpan delay, int attempts = 1, string? host = null, string? state = null) =>
        new Settlement.Again(lease.Key, request.Number, delay, attempts, host ?? lease.Key.Host, state);

    protected static string[] Paths(HostLease lease) => [.. lease.Requests.Select(request => Path(request.Request))];

    protected static string Path(BulkRequest request) => request.Url[(request.Url.LastIndexOf('/') + 1)..];
}
