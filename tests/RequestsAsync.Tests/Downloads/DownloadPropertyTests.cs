using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class DownloadPropertyTests
{
    private const int Seed = 20_26;
    private const int Iterations = 60;
    private const int Length = 60_000;

    private static readonly Retry Never = Retry.None;

    /// <summary>Whatever the server cuts and changes, and however often it is run again: the file in the end is one that the server had.</summary>
    [Fact]
    public void However_connections_are_cut_and_runs_repeated_the_file_is_right()
    {
        Gen<int[]> cuts = Gen.Choose(0, Length).ArrayOf(6);
        Property law = Prop.ForAll(cuts.ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), Gen.Choose(0, 8).ToArbitrary(), (cut, segments, change) =>
            Task.Run(() => CheckAsync(cut, segments, change)).GetAwaiter().GetResult());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Iterations).WithReplay(Seed, 7), law);
    }

    private static async Task CheckAsync(int[] cuts, int segments, int change)
    {
        byte[][] versions = [FileServer.Bytes(Length, 1), FileServer.Bytes(Length + 1, 2)];
        using DownloadFolder folder = new();
        await using FileServer server = new(versions[0]) { Cut = number => number <= cuts.Length ? cuts[number - 1] : null };
        server.Before = number =>
        {
            if (number == change) (server.Content, server.ETag) = (versions[1], "\"v2\"");
        };
        await using Session session = new();
        for (int run = 0; run < 20 && !File.Exists(folder.Target); run++)
        {
            try
            {
                await session.DownloadAsync(server.Url, folder.Target, new() { Segments = segments, SegmentThreshold = 1, Retry = run % 2 == 0 ? Never : DownloadFolder.Eager });
            }
            catch (RequestException)
            {
                // The next run goes on.
            }
        }

        byte[] file = await File.ReadAllBytesAsync(folder.Target);
        if (!versions.Any(version => version.AsSpan().SequenceEqual(file))) throw new InvalidOperationException("The file is none that the server had.");
        if (folder.Names.Count() != 1) throw new InvalidOperationException("Something was left behind.");
    }
}
