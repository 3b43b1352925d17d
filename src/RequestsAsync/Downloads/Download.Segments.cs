using System.Buffers;
using System.Runtime.ExceptionServices;

namespace RequestsAsync;

// What is missing, fetched by one request or by several at once, each of which goes on by itself where its connection was lost.
internal sealed partial class Download
{
    private const int BlockBytes = 256 << 10;
    private const long ClaimBytes = 1 << 20;

    private static readonly TimeSpan ClaimInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(500);

    private long _lastClaim;
    private int _isClaiming;

    private async Task FillAsync(PartFile part, Response? opened, CancellationToken cancellationToken)
    {
        _lastClaim = _session.Settings.TimeProvider.GetTimestamp();
        if (_ledger.Length > _options.MaxBytes) throw TooLarge();

        List<ByteRange> gaps = _ledger.Gaps();
        if (opened is not null && gaps.Count == 0) NoteEmpty(opened);
        if (gaps.Count == 0) return;

        int count = _ledger.CanContinue && (opened is null || AcceptsRanges(opened)) ? AllowedSegments() : 1;
        Segment[] segments = [.. SegmentPlan.Of(gaps, count, _options.SegmentThreshold).Select(static range => new Segment(range))];
        count = Math.Min(count, segments.Length);
        _segments = Math.Max(_segments, count);
        if (count == 1)
        {
            for (int i = 0; i < segments.Length; i++)
                await FillAsync(part, segments[i], i == 0 ? opened : null, cancellationToken).ConfigureAwait(false);
            return;
        }

        await FillAsync(part, segments, count, opened, cancellationToken).ConfigureAwait(false);
    }

    private void NoteEmpty(Response opened)
    {
        _segments = Math.Max(_segments, 1);
        Note(opened);
    }

    private int AllowedSegments()
    {
        Limits limits = _session.Settings.Limits;
        return Math.Min(_options.Segments, Math.Min(limits.MaxConnections ?? int.MaxValue, limits.MaxConnectionsPerHost ?? int.MaxValue));
    }

    private async Task FillAsync(PartFile part, Segment[] segments, int count, Response? opened, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int next = -1;
        Exception? first = null;
        Task[] workers = new Task[count];
        for (int i = 0; i < count; i++) workers[i] = WorkAsync();
        await Task.WhenAll(workers).ConfigureAwait(false);
        if (first is not null) ExceptionDispatchInfo.Throw(first);

        async Task WorkAsync()
        {
            try
            {
                while (Interlocked.Increment(ref next) is int at && at < segments.Length)
                    await FillAsync(part, segments[at], at == 0 ? opened : null, stop.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                if (Interlocked.CompareExchange(ref first, e, null) is null) await stop.CancelAsync().ConfigureAwait(false);
                else (e as StartOverException)?.Answer?.Dispose();
            }
        }
    }

    private async Task FillAsync(PartFile part, Segment segment, Response? response, CancellationToken cancellationToken)
    {
        DownloadRetries retries = new(_retry, _session.Settings.TimeProvider);
        while (true)
        {
            RequestException? failure = null;
            long before = segment.Position;
            try
            {
                response ??= await OpenRangeAsync(segment.Rest, cancellationToken).ConfigureAwait(false);
                Note(response);
                TakeLength(segment, response);
                await PumpAsync(part, segment, response, cancellationToken).ConfigureAwait(false);
                if (segment.IsFull) return;
                if (segment.End == ByteRange.Unknown)
                {
                    _ledger.EndAt(segment.Position);
                    return;
                }

                if (segment.Position == before || response.StatusCode != 206)
                    failure = new ConnectionLostException($"{_url}: the body ended before the file did.") { Request = _request, Response = response };
            }
            catch (RequestException e) when (e is not ContentException)
            {
                failure = e;
            }
            finally
            {
                response?.Dispose();
                response = null;
            }

            if (failure is null) continue; // a shorter range than was asked for: the server may do that

            await retries.WaitAsync(failure, segment.Position - before, cancellationToken).ConfigureAwait(false);
            if (!_ledger.CanContinue) throw new StartOverException(failure: failure);
        }
    }

    // The first part of a file of unknown length may tell it.
    private void TakeLength(Segment segment, Response response)
    {
        if (segment.End != ByteRange.Unknown || response.StatusCode != 206) return;

        segment.End = ContentRange.Parse(response.Headers["Content-Range"])!.Value.Total!.Value;
        _ledger.EndAt(segment.End);
        if (segment.End > _options.MaxBytes) throw TooLarge();
    }

    // Writes whole blocks, what is left when the body ends or fails, and now and then what a slow connection brought.
    private async Task PumpAsync(PartFile part, Segment segment, Response response, CancellationToken cancellationToken)
    {
        TimeProvider clock = _session.Settings.TimeProvider;
        long end = Math.Min(segment.End, EndOf(response));
        long lastFlush = clock.GetTimestamp();
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        // Writing, flushing and checking what was written are no work for a thread of the caller's, such as that of a loop which waits on its connections itself.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        int filled = 0;
        Stream body = response.OpenStream();
        await using (body.ConfigureAwait(false))
        {
            try
            {
                while (segment.Position + filled < end)
                {
                    int room = (int)Math.Min(block.Length - filled, end - segment.Position - filled);
                    int read = await body.ReadAsync(block.AsMemory(filled, room), cancellationToken).ConfigureAwait(false);
                    if (read == 0) break;

                    filled += read;
                    if (_options.MaxBytes is { } max && _ledger.Bytes + filled > max) throw TooLarge();
                    if (filled < block.Length && clock.GetElapsedTime(lastFlush) < FlushInterval) continue;

                    await WriteAsync(part, segment, block.AsMemory(0, filled)).ConfigureAwait(false);
                    filled = 0;
                    lastFlush = clock.GetTimestamp();
                }
            }
            finally
            {
                // What has come is worth keeping, also when the caller gives up.
                if (filled > 0) await WriteAsync(part, segment, block.AsMemory(0, filled)).ConfigureAwait(false);
                ArrayPool<byte>.Shared.Return(block);
            }
        }
    }

    private async ValueTask WriteAsync(PartFile part, Segment segment, ReadOnlyMemory<byte> data)
    {
        part.Write(data.Span, segment.Position);
        ByteRange written = new(segment.Position, segment.Position + data.Length);
        segment.Position = written.End;
        _ledger.Add(written);
        if (IsClaimDue()) await ClaimAsync(part).ConfigureAwait(false);
    }

    private bool IsClaimDue() =>
        _ledger.CanContinue && _ledger.Unclaimed >= ClaimBytes && _session.Settings.TimeProvider.GetElapsedTime(Interlocked.Read(ref _lastClaim)) >= ClaimInterval;

    // One segment claims for all of them; the others go on meanwhile.
    private async Task ClaimAsync(PartFile part)
    {
        if (Interlocked.Exchange(ref _isClaiming, 1) != 0) return;

        try
        {
            await Task.Run(() => Claim(part), CancellationToken.None).ConfigureAwait(false);
            Interlocked.Exchange(ref _lastClaim, _session.Settings.TimeProvider.GetTimestamp());
        }
        finally
        {
            Interlocked.Exchange(ref _isClaiming, 0);
        }
    }

    private void Claim(PartFile part)
    {
        PartState state = _ledger.ToState();
        part.Claim(state);
        _ledger.NoteClaim(state);
    }

    private void ClaimQuietly(PartFile part)
    {
        try
        {
            Claim(part);
        }
        catch (DownloadException)
        {
            // What ended the download is the exception to see; on a full disk the older claim still holds.
        }
    }
}
