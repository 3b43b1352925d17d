using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>A connection that the loop of this thread waits on, and its other end.</summary>
internal sealed class LoopPair : IDisposable
{
    private LoopPair(LoopSocketStream near, Socket far)
    {
        Near = near;
        Far = far;
        Far.NoDelay = true;
    }

    /// <summary>The end that the loop waits on.</summary>
    public LoopSocketStream Near { get; }

    /// <summary>The other end.</summary>
    public Socket Far { get; }

    /// <summary>Runs a test on a loop, on a thread of its own, which its thread pool continuations are told from.</summary>
    public static async Task RunAsync(Func<LoopPair, Task> test)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loop waits on sockets on Linux only");
        await PollingLoop.RunAsync(async () =>
        {
            using LoopPair pair = await OpenAsync();
            await test(pair);
        });
    }

    /// <summary>Makes one; on a loop.</summary>
    public static async Task<LoopPair> OpenAsync()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        EventLoop loop = EventLoop.Current!;
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        LoopSocketStream? near = await LoopSocketStream.ConnectAsync(loop, loop.Poller!, socket, listener.LocalEndpoint, TestContext.Current.CancellationToken);
        return new(near!, await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
