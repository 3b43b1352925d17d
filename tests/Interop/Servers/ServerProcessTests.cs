namespace RequestsAsync.Interop;

/// <summary>How servers are started and stopped.</summary>
public sealed class ServerProcessTests
{
    [Fact]
    public async Task A_server_that_ends_says_why()
    {
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServerProcess.StartAsync("sh", ["-c", "echo no configuration; exit 1"], LoopbackPort.Free(), TestContext.Current.CancellationToken));

        Assert.Contains("sh ended", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scratch_folder_leaves_nothing()
    {
        string root;
        using (ScratchFolder scratch = new())
        {
            root = scratch.Root;
            Assert.True(File.Exists(scratch.Write("a/b.txt", "text")));
        }

        Assert.False(Directory.Exists(root));
    }
}
