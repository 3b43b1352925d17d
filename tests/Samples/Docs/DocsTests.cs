using RequestsAsync.Testing;

namespace RequestsAsync.Samples.Tests;

/// <summary>Compiles every C# block of the README and of docs, and runs those that can run, against httpbin.</summary>
public sealed class DocsTests : IAsyncLifetime
{
    private readonly string _outside = Environment.CurrentDirectory;
    private HttpBin? _bin;

    /// <summary>Where each block is.</summary>
    public static TheoryData<string> Blocks => new(Pages.CSharp.Select(block => block.ToString()));

    public async ValueTask InitializeAsync()
    {
        Environment.CurrentDirectory = Path.GetDirectoryName(Snippet.PreludeFile)!; // for the files that blocks write
        _bin = await HttpBin.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Environment.CurrentDirectory = _outside;
        if (_bin is not null) await _bin.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Code_on_a_page_compiles_and_runs(string place)
    {
        CodeBlock block = Pages.CSharp.Single(block => block.ToString() == place);
        Snippet snippet = new(block, _bin!.Url);

        Assert.Empty(snippet.Complaints);
        if (block.IsRun) await snippet.RunAsync([_bin.Url + "/anything"], TestContext.Current.CancellationToken);
    }
}
