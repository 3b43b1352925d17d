using System.Globalization;

[assembly: AssemblyFixture(typeof(RequestsAsync.Bulk.Tests.ScratchPostgres))]

namespace RequestsAsync.Bulk.Tests;

/// <summary>The frontier in a database does what every frontier does.</summary>
public sealed class PostgresFrontierContractTests(ScratchPostgres server) : FrontierContract
{
    private string? _connectionString;

    protected override TimeSpan Unit => TimeSpan.FromSeconds(1);

    protected override async ValueTask<IFrontier> OpenAsync() => await PostgresFrontier.OpenAsync(_connectionString ??= await server.CreateDatabaseAsync(), "contract");

    protected override ValueTask CancelAsync(IFrontier frontier) => ((PostgresFrontier)frontier).CancelAsync();

    // The server's clock cannot be set: that all its times are earlier is the same.
    protected override async Task PassAsync(TimeSpan time)
    {
        string span = string.Create(CultureInfo.InvariantCulture, $"interval '{time.TotalSeconds} seconds'");
        await ScratchPostgres.ExecuteAsync(
            _connectionString!,
            $"""
            UPDATE requests_bulk.hosts SET expires_at = expires_at - {span}, next_at = next_at - {span}, ready_at = ready_at - {span};
            UPDATE requests_bulk.requests SET not_before = not_before - {span} WHERE not_before IS NOT NULL
            """);
    }

    protected override ValueTask RemoveAsync() => ValueTask.CompletedTask;
}
