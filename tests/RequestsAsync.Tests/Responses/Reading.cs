namespace RequestsAsync.Tests;

/// <summary>Both ways to stream a response and to read it, so that a table can hold them to the same result.</summary>
internal static class Reading
{
    public static Task<Response> OpenAsync(this Session session, bool awaited, string url, RequestOptions? options = null) =>
        awaited ? session.StreamAsync("GET", url, options) : OnThreadAsync(() => session.Stream("GET", url, options));

    public static Task<List<string>> ReadLinesAsync(this Response response, bool awaited) =>
        awaited ? ToListAsync(response.LinesAsync()) : OnThreadAsync(() => response.Lines().ToList());

    public static Task<byte[]> ReadChunksAsync(this Response response, bool awaited) =>
        awaited
            ? JoinAsync(response.ChunksAsync())
            : OnThreadAsync(() => response.Chunks().SelectMany(chunk => chunk.ToArray()).ToArray());

    public static Task SaveAsync(this Response response, bool awaited, string path, IProgress<TransferProgress>? progress = null) =>
        awaited ? response.SaveAsync(path, progress) : OnThreadAsync(() => response.Save(path, progress));

    public static Task CopyToAsync(this Response response, bool awaited, Stream target, IProgress<TransferProgress>? progress = null) =>
        awaited ? response.CopyToAsync(target, progress) : OnThreadAsync(() => response.CopyTo(target, progress));

    public static Task<T> OnThreadAsync<T>(Func<T> read) =>
        Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task OnThreadAsync(Action read) =>
        Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (T item in items)
            list.Add(item);
        return list;
    }

    private static async Task<byte[]> JoinAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        using MemoryStream all = new();
        await foreach (ReadOnlyMemory<byte> chunk in chunks)
            await all.WriteAsync(chunk);
        return all.ToArray();
    }
}
