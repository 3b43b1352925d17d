using System.Net;

namespace RequestsAsync.Tests;

/// <summary>A port on loopback that answers nobody.</summary>
internal static class BlackHole
{
    /// <summary>Opens one, and skips the test where the system has no such thing.</summary>
    public static async Task<FaultyServer> OpenAsync(string address)
    {
        try
        {
            return await FaultyServer.StartUnreachableAsync(new() { Address = IPAddress.Parse(address) }, TestContext.Current.CancellationToken);
        }
        catch (PlatformNotSupportedException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
