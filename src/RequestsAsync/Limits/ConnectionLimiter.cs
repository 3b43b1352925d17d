using System.Runtime.InteropServices;

namespace RequestsAsync;

/// <summary>Lets so many in at once, in all and for one host. Who finds no place waits in line: first come, first served.</summary>
/// <remarks>
/// A host that is full has a line of its own, so that it holds nobody else back. As soon as it has a place, that place is kept for the first of its line,
/// who changes over to the line of all and stands there where his arrival puts him. So everybody in the line of all needs one of <c>max</c> places and
/// nothing else, and no place is free while anybody stands there.
/// Where hosts are not told apart and nobody waits, entering and leaving is one atomic step each, without the lock.
/// </remarks>
/// <param name="max">How many may be in at once.</param>
/// <param name="perHost">How many of them with the same origin; <see langword="null"/> for any number.</param>
internal sealed class ConnectionLimiter(int max, int? perHost)
{
    private const long LineBit = 1L << 32;

    private static readonly Comparer<Waiter> ByArrival = Comparer<Waiter>.Create(static (one, other) => one.Arrival.CompareTo(other.Arrival));

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Host>? _hosts = perHost is null ? null : new(StringComparer.Ordinal);
    private readonly SortedSet<Waiter> _line = new(ByArrival);
    private long _state; // how many are in, and LineBit while somebody stands in the line of all
    private int _waiting;
    private long _arrivals;

    /// <summary>How many wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How many are in.</summary>
    public int Inside => (int)Volatile.Read(ref _state);

    /// <summary>How many hosts are remembered: those with somebody in or in line, where there is a limit for hosts.</summary>
    public int Hosts
    {
        get
        {
            lock (_gate)
            {
                return _hosts?.Count ?? 0;
            }
        }
    }

    /// <summary>Takes a place if there is one, where hosts are not told apart. For each there must be one <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        while (true)
        {
            long state = Volatile.Read(ref _state);
            if (state >= max) return false; // with LineBit it is far above
            if (Interlocked.CompareExchange(ref _state, state + 1, state) == state) return true;
        }
    }

    /// <summary>Takes a place, as soon as there is one. For each there must be one <see cref="Leave"/>.</summary>
    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="async">Whether to wait without holding the thread; otherwise what comes back is complete.</param>
    /// <param name="cancellationToken">Ends the waiting. Who has been given a place meanwhile keeps it, and must leave.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled in line; no place is taken.</exception>
    public ValueTask EnterAsync(string origin, bool async, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            bool hasHost = TryEnterHost(origin);
            if (hasHost && TryEnterOrStand()) return default;

            waiter = new(this, origin, _arrivals++, async);
            _waiting++;
            if (hasHost)
                _line.Add(waiter);
            else
                (CollectionsMarshal.GetValueRefOrNullRef(_hosts!, origin).Line ??= new(ByArrival)).Add(waiter);
        }

        if (async) return waiter.AwaitAsync(cancellationToken);

        waiter.Block(cancellationToken);
        return default;
    }

    /// <summary>Gives the place back; the first in line that can use it gets it.</summary>
    /// <param name="origin">The same as on entering.</param>
    public void Leave(string origin)
    {
        if (_hosts is null && TryLeave()) return;

        lock (_gate)
        {
            LeaveHost(origin);
            if (_line.Min is not { } next)
            {
                Interlocked.Decrement(ref _state);
                return;
            }

            RemoveFromLine(next);
            _waiting--;
            next.Grant();
        }
    }

    // Nobody waits: who leaves has nobody to tell.
    private bool TryLeave()
    {
        while (true)
        {
            long state = Volatile.Read(ref _state);
            if (state >= LineBit) return false;
            if (Interlocked.CompareExchange(ref _state, state - 1, state) == state) return true;
        }
    }

    // Takes a place, or sees to it that whoever leaves looks at the line. Under the lock.
    private bool TryEnterOrStand()
    {
        while (true)
        {
            if (TryEnter()) return true;

            long state = Volatile.Read(ref _state);
            if (state >= LineBit || (state == max && Interlocked.CompareExchange(ref _state, state | LineBit, state) == state)) return false;
        }
    }

    private bool RemoveFromLine(Waiter waiter)
    {
        bool removed = _line.Remove(waiter);
        if (removed && _line.Count == 0) Interlocked.And(ref _state, ~LineBit);
        return removed;
    }

    private bool TryEnterHost(string origin)
    {
        if (_hosts is null) return true;

        ref Host host = ref CollectionsMarshal.GetValueRefOrAddDefault(_hosts, origin, out _);
        if (host.Taken == perHost) return false;
        host.Taken++;
        return true;
    }

    private void LeaveHost(string origin)
    {
        if (_hosts is null) return;

        ref Host host = ref CollectionsMarshal.GetValueRefOrNullRef(_hosts, origin);
        if (host.Line?.Min is { } next)
        {
            host.Remove(next);
            _line.Add(next);
        }
        else if (--host.Taken == 0)
            _hosts.Remove(origin);
    }

    // Whether the waiter was still in line, and is not any more.
    private bool Withdraw(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.IsGranted) return false;

            _waiting--;
            if (RemoveFromLine(waiter))
                LeaveHost(waiter.Origin); // the place that the host kept for him
            else
                CollectionsMarshal.GetValueRefOrNullRef(_hosts!, waiter.Origin).Remove(waiter);
            return true;
        }
    }

    // A struct, so that a host which comes and goes costs nothing.
    private struct Host
    {
        /// <summary>How many are in, or in the line of all.</summary>
        public int Taken { get; set; }

        /// <summary>Who waits for one of these to leave.</summary>
        public SortedSet<Waiter>? Line { get; set; }

        public void Remove(Waiter waiter)
        {
            Line!.Remove(waiter);
            if (Line.Count == 0) Line = null;
        }
    }

    private sealed class Waiter(ConnectionLimiter limiter, string origin, long arrival, bool async)
    {
        // Who is told goes on elsewhere: neither inside the lock nor on the thread of the one who leaves.
        private readonly TaskCompletionSource? _awaited = async ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        private readonly ManualResetEventSlim? _blocked = async ? null : new(initialState: false, spinCount: 0);

        public string Origin => origin;

        public long Arrival => arrival;

        public bool IsGranted { get; private set; }

        public void Grant()
        {
            IsGranted = true;
            _awaited?.SetResult();
            _blocked?.Set();
        }

        public async ValueTask AwaitAsync(CancellationToken cancellationToken)
        {
            using CancellationTokenRegistration cancelling = cancellationToken.UnsafeRegister(static (waiter, token) => ((Waiter)waiter!).Cancel(token), this);
            await _awaited!.Task.ConfigureAwait(false);
        }

        public void Block(CancellationToken cancellationToken)
        {
            try
            {
                _blocked!.Wait(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                if (limiter.Withdraw(this)) throw; // otherwise the place came in the same moment
            }
        }

        private void Cancel(CancellationToken cancellationToken)
        {
            if (limiter.Withdraw(this)) _awaited!.SetCanceled(cancellationToken);
        }
    }
}
