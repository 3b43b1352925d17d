using System.Text;

namespace RequestsAsync.Cli.Tests;

/// <summary>A server that reads one whole request of each connection and answers with nothing.</summary>
internal static class RecordingServer
{
    /// <param name="status">The status of each answer.</param>
    /// <param name="fields">More fields of each answer.</param>
    public static FaultyServer Start(int status = 200, params (string Name, string Value)[] fields) =>
        FaultyServer.Start(script => script.ReadRequest().Reply(status, [.. fields, ("Connection", "close")]));

    extension(FaultyServer server)
    {
        /// <summary>The last request, as text.</summary>
        public string Last => Encoding.Latin1.GetString(server.Requests[^1].Raw);
    }
}
