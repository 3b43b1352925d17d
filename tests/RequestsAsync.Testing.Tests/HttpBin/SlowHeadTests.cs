using System.IO.Pipelines;

namespace RequestsAsync.Testing.Tests;

/// <summary>What a slow head holds is let go of, however its connection ends.</summary>
public sealed class SlowHeadTests : IDisposable
{
    private static readonly byte[] Head = [.. "HTTP/1.1 200 OK\r\n\r\n"u8];

    private readonly CancellationTokenSource _ends = new();
    private readonly Pipe _pipe = new();
    private readonly ConnectionOutput _output;

    public SlowHeadTests()
    {
        _output = new(_pipe.Writer, socket: null);
        _output.SlowDown(new(streamId: null, byLine: true, TimeSpan.Zero, TimeProvider.System, _ends));
    }

    public void Dispose() => _ends.Dispose();

    [Fact]
    public async Task It_is_over_behind_the_last_piece()
    {
        await _output.WriteAsync(Head, TestContext.Current.CancellationToken);
        Assert.Throws<ObjectDisposedException>(() => _ends.Token);
        Assert.True(_pipe.Reader.TryRead(out ReadResult read));
        Assert.Equal(Head.Length, read.Buffer.Length);
    }

    [Fact]
    public async Task It_waits_for_the_head()
    {
        await _output.WriteAsync(Head.AsMemory(0, 5), TestContext.Current.CancellationToken);
        Assert.False(_ends.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task It_is_over_when_the_connection_takes_no_more()
    {
        await _pipe.Writer.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _output.WriteAsync(Head, TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => _ends.Token);
    }

    [Fact]
    public void It_is_over_with_a_connection_that_never_had_a_head()
    {
        _output.Complete();
        Assert.Throws<ObjectDisposedException>(() => _ends.Token);
    }

    [Fact]
    public void Another_takes_its_place()
    {
        using CancellationTokenSource other = new();
        _output.SlowDown(new(streamId: null, byLine: true, TimeSpan.Zero, TimeProvider.System, other));
        Assert.Throws<ObjectDisposedException>(() => _ends.Token);
        Assert.False(other.Token.IsCancellationRequested);
    }
}
