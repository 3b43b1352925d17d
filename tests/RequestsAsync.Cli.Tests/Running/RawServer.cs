using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync.Cli.Tests;

/// <summary>A server that says whatever it is told, right or wrong, to whoever connects first.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawServer(byte[] answer)
    {
        _listener.Start();
        Asked = ServeAsync(answer);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>What it was asked.</summary>
    public Task<string> Asked { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<string> ServeAsync(byte[] answer)
    {
        using TcpClient client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        byte[] request = new byte[4096];
        int length = await stream.ReadAsync(request, TestContext.Current.CancellationToken);
        await stream.WriteAsync(answer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(request, 0, length);
    }
}
