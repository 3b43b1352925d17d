namespace RequestsAsync.Bulk.Tests;

/// <summary>The frontier of one machine does what every frontier does.</summary>
public sealed class LocalFrontierContractTests : FrontierContract
{
    private readonly JobFolder _folder = new();
    private readonly ManualTime _time = new();

    protected override TimeSpan Unit => TimeSpan.FromSeconds(1);

    protected override async ValueTask<IFrontier> OpenAsync() => await LocalFrontier.OpenAsync(_folder.Path, new() { TimeProvider = _time });

    protected override ValueTask CancelAsync(IFrontier frontier) => ((LocalFrontier)frontier).CancelAsync();

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    protected override ValueTask RemoveAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
