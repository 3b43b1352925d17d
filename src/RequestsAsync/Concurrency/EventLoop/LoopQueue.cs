using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace RequestsAsync;

/// <summary>A queue between tasks, first in, first out: who puts waits while it is full, and who gets while it is empty (<c>asyncio.Queue</c>).</summary>
/// <typeparam name="T">The items.</typeparam>
/// <remarks>
/// A thin layer over <see cref="Channel{T}"/>, which .NET code without a loop would use itself: added are the counting of finished items, and that a waiting ends
/// with the task that waits. Safe for any number of threads, and not tied to a loop.
/// </remarks>
public sealed class LoopQueue<T>
{
    private readonly Channel<T> _channel;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _finished;
    private int _unfinished;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="maxSize">How many items it holds at most; 0 for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public LoopQueue(int maxSize = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxSize);
        MaxSize = maxSize;
        _channel = maxSize == 0 ? Channel.CreateUnbounded<T>() : Channel.CreateBounded<T>(maxSize);
    }

    /// <summary>How many items it holds at most; 0 for any number.</summary>
    public int MaxSize { get; }

    /// <summary>How many items wait to be taken.</summary>
    public int Count => _channel.Reader.Count;

    /// <summary>Puts an item in, as soon as there is a place for it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Ends the waiting; so does the cancellation of the task that waits.</param>
    /// <exception cref="OperationCanceledException">The token, or the task that waits. The item is not in the queue.</exception>
    public async ValueTask PutAsync(T item, CancellationToken cancellationToken = default)
    {
        if (TryPut(item)) return;
        Begin(); // before it can be taken and be done
        try
        {
            using LinkedToken token = LinkedToken.WithTask(cancellationToken);
            await _channel.Writer.WriteAsync(item, token.Token).ConfigureAwait(true);
        }
        catch
        {
            TaskDone();
            throw;
        }
    }

    /// <summary>Takes the oldest item, as soon as there is one.</summary>
    /// <param name="cancellationToken">Ends the waiting; so does the cancellation of the task that waits.</param>
    /// <exception cref="OperationCanceledException">The token, or the task that waits. No item is lost.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken = default)
    {
        LinkedToken token = LinkedToken.WithTask(cancellationToken);
        ValueTask<T> item = _channel.Reader.ReadAsync(token.Token);
        return token.IsLinked ? EndAsync(item, token) : item;

        static async ValueTask<T> EndAsync(ValueTask<T> item, LinkedToken token)
        {
            using (token)
                return await item.ConfigureAwait(true);
        }
    }

    /// <summary>Puts an item in if there is a place for it (<c>put_nowait</c>).</summary>
    public bool TryPut(T item)
    {
        Begin();
        if (_channel.Writer.TryWrite(item)) return true;
        TaskDone();
        return false;
    }

    /// <summary>Takes the oldest item if there is one (<c>get_nowait</c>).</summary>
    public bool TryGet([MaybeNullWhen(false)] out T item) => _channel.Reader.TryRead(out item);

    /// <summary>Says that the work on an item that was taken is done.</summary>
    /// <exception cref="InvalidOperationException">It was said more often than items were put in.</exception>
    public void TaskDone()
    {
        TaskCompletionSource? finished = null;
        lock (_gate)
        {
            if (_unfinished == 0) throw new InvalidOperationException("TaskDone was called more often than items were put in.");
            if (--_unfinished == 0) (finished, _finished) = (_finished, null);
        }

        finished?.SetResult();
    }

    /// <summary>Waits until <see cref="TaskDone"/> was called for every item that was put in, those that wait for a place included.</summary>
    /// <param name="cancellationToken">Ends the waiting; so does the cancellation of the task that waits.</param>
    /// <exception cref="OperationCanceledException">The token, or the task that waits.</exception>
    public async Task JoinAsync(CancellationToken cancellationToken = default)
    {
        Task finished;
        lock (_gate)
        {
            if (_unfinished == 0) return;
            finished = (_finished ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        using LinkedToken token = LinkedToken.WithTask(cancellationToken);
        await finished.WaitAsync(token.Token).ConfigureAwait(true);
    }

    private void Begin()
    {
        lock (_gate)
        {
            _unfinished++;
        }
    }
}
