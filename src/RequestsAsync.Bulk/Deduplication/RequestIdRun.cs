using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RequestsAsync.Bulk;

/// <summary>Sorted ids in a file: in memory are a filter, and the first of each page to find the page by.</summary>
internal sealed class RequestIdRun : IDisposable
{
    internal const int PageIds = 256;
    private const int IdBytes = 16;
    private readonly SafeFileHandle _file;
    private readonly RequestIdFilter _filter;
    private readonly ulong[] _firsts;
    private readonly UInt128[] _page = new UInt128[PageIds];
    private long _pageIndex = -1;

    private RequestIdRun(string path, long count)
    {
        Count = count;
        _filter = new(count);
        _firsts = new ulong[checked((int)((count + PageIds - 1) / PageIds))];
        // It goes when it is closed. What a process leaves that is killed is removed when the job is opened again.
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
    }

    internal long Count { get; }

    /// <param name="path">The file.</param>
    /// <param name="count">How many ids there are.</param>
    /// <param name="ids">They, in pieces, in their order.</param>
    /// <exception cref="IOException">It cannot be written; nothing stays.</exception>
    internal static RequestIdRun Create(string path, long count, IEnumerable<ReadOnlyMemory<UInt128>> ids)
    {
        RequestIdRun run = new(path, count);
        try
        {
            run.Write(ids);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    internal bool Contains(UInt128 id)
    {
        if (!_filter.MayContain(id)) return false;
        ulong first = (ulong)(id >> 64);
        int page = _firsts.AsSpan().BinarySearch(first);
        if (page < 0) page = ~page - 1;
        // Of ids with the same first half one may end the page before.
        else while (page > 0 && _firsts[page - 1] == first) page--;
        if (page > 0 && _firsts[page] == first && Read(page - 1).BinarySearch(id) >= 0) return true;
        for (; page >= 0 && page < _firsts.Length && _firsts[page] <= first; page++)
        {
            if (Read(page).BinarySearch(id) >= 0) return true;
        }

        return false;
    }

    /// <summary>Reads ids from a place on.</summary>
    internal ReadOnlySpan<UInt128> Read(long start, UInt128[] buffer)
    {
        int count = (int)Math.Min(buffer.Length, Count - start);
        Span<byte> bytes = MemoryMarshal.AsBytes(buffer.AsSpan(0, count));
        for (int read = 0; read < bytes.Length;)
        {
            int more = RandomAccess.Read(_file, bytes[read..], (start * IdBytes) + read);
            if (more == 0) throw new EndOfStreamException("A file of ids in the job's folder was cut by somebody else. Resume the job.");
            read += more;
        }

        return buffer.AsSpan(0, count);
    }

    public void Dispose() => _file.Dispose();

    private ReadOnlySpan<UInt128> Read(int page)
    {
        int count = (int)Math.Min(PageIds, Count - ((long)page * PageIds));
        if (page == _pageIndex) return _page.AsSpan(0, count);
        _pageIndex = -1;
        ReadOnlySpan<UInt128> ids = Read((long)page * PageIds, _page);
        _pageIndex = page;
        return ids;
    }

    private void Write(IEnumerable<ReadOnlyMemory<UInt128>> pieces)
    {
        var buffer = new UInt128[16 << 10];
        int count = 0;
        long written = 0;
        foreach (ReadOnlyMemory<UInt128> piece in pieces)
        {
            foreach (UInt128 id in piece.Span)
            {
                if ((written + count) % PageIds == 0) _firsts[(written + count) / PageIds] = (ulong)(id >> 64);
                _filter.Add(id);
                buffer[count++] = id;
                if (count == buffer.Length) Flush();
            }
        }

        Flush();

        void Flush()
        {
            RandomAccess.Write(_file, MemoryMarshal.AsBytes(buffer.AsSpan(0, count)), written * IdBytes);
            written += count;
            count = 0;
        }
    }
}
