using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace RequestsAsync;

/// <summary>The connections that a loop waits on itself, and its sleep meanwhile: epoll on Linux, and nothing elsewhere.</summary>
/// <remarks>
/// A connection has a place here, whose number its events carry together with how often the place was given away: what the system still tells of one
/// that has left finds nobody. Two threads may look at once, the loop's and the one that stands in for it (<see cref="LoopStandIn"/>).
/// </remarks>
internal sealed class LoopPoller : IDisposable
{
    private const uint Watched = Epoll.Readable | Epoll.Writable | Epoll.ReadHungUp | Epoll.EdgeTriggered;
    private const int MostEvents = 256;
    private const ulong AlarmData = 0;

    private static readonly long StaleAfter = Stopwatch.Frequency / 1000;

    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _alarm;
    private readonly Lock _gate = new(); // of the places
    private readonly byte[] _events = new byte[MostEvents * Epoll.EventLength];
    private readonly Stack<int> _free = new();
    private Place[] _places = new Place[16];
    private int _used = 1; // the first is the alarm's
    private bool _isClosed;
    private long _looked = Stopwatch.GetTimestamp();
    private int _looks;
    private volatile bool _isResting;

    private LoopPoller(SafeFileHandle epoll, SafeFileHandle alarm)
    {
        _epoll = epoll;
        _alarm = alarm;
        Epoll.Add(epoll, alarm, Epoll.Readable, AlarmData);
    }

    /// <summary>How often the loop's thread has looked, which tells whether it still does.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>Whether the loop's thread waits here for something to happen.</summary>
    public bool IsResting => _isResting;

    /// <summary>Whether the loop has not looked for so long that a connection may have ended without its knowledge.</summary>
    public bool IsStale => Stopwatch.GetTimestamp() - Volatile.Read(ref _looked) > StaleAfter;

    /// <summary>A poller, or <see langword="null"/> where the system has none.</summary>
    public static LoopPoller? TryCreate()
    {
        if (!OperatingSystem.IsLinux()) return null;
        SafeFileHandle? epoll = null;
        SafeFileHandle? alarm = null;
        try
        {
            epoll = Epoll.Create();
            alarm = Epoll.CreateAlarm();
            return new LoopPoller(epoll, alarm);
        }
        catch (Exception e) when (e is IOException or DllNotFoundException or EntryPointNotFoundException)
        {
            // A sandbox without these calls, or no file descriptor left: the runtime's own waiting does it too.
            alarm?.Dispose();
            epoll?.Dispose();
            return null;
        }
    }

    /// <summary>Begins to watch a connection, from any thread.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="socket">Its socket.</param>
    /// <param name="place">Its place, to leave it again.</param>
    /// <returns>Whether it is watched; the loop may have ended, or the system refuse it.</returns>
    public bool TryAdd(LoopSocketStream stream, SafeSocketHandle socket, out int place)
    {
        lock (_gate)
        {
            place = 0;
            if (_isClosed) return false;
            if (!_free.TryPop(out place)) place = _used++;
            if (place == _places.Length) Array.Resize(ref _places, place * 2);
            _places[place].Stream = stream;
            try
            {
                Epoll.Add(_epoll, socket, Watched, DataOf(place));
                return true;
            }
            catch (IOException)
            {
                Vacate(place); // as many are watched as the system allows
                return false;
            }
        }
    }

    /// <summary>Watches a connection no more, from any thread. To be called before its socket is closed: its number may be another's then.</summary>
    public void Remove(int place, SafeSocketHandle socket)
    {
        lock (_gate)
        {
            if (!_isClosed) Epoll.Remove(_epoll, socket);
            Vacate(place);
        }
    }

    /// <summary>Looks what has happened; only on the loop's thread.</summary>
    /// <param name="found">Where it goes; emptied before.</param>
    /// <param name="milliseconds">How long to wait for something, -1 for as long as it takes, 0 not at all.</param>
    public void Look(List<PollEvent> found, int milliseconds)
    {
        if (milliseconds != 0) _isResting = true;
        Volatile.Write(ref _looks, _looks + 1);
        int count = Epoll.Wait(_epoll, _events, milliseconds);
        if (milliseconds != 0) _isResting = false;
        Volatile.Write(ref _looked, Stopwatch.GetTimestamp());
        Find(_events, count, found, silences: true);
    }

    /// <summary>Looks what has happened in place of the loop's thread.</summary>
    /// <inheritdoc cref="Look" path="/param"/>
    /// <returns>Whether the alarm rings, so that looking again would not wait.</returns>
    /// <remarks>The alarm is left ringing: it is for the loop's thread, which may have come back and wait at this very moment.</remarks>
    public bool StandIn(List<PollEvent> found, int milliseconds)
    {
        byte[] events = new byte[MostEvents * Epoll.EventLength];
        return Find(events, Epoll.Wait(_epoll, events, milliseconds), found, silences: false);
    }

    /// <summary>Ends a rest, from any thread.</summary>
    public void Wake() => Epoll.Ring(_alarm);

    /// <summary>Lets all connections go: what waits on them goes on waiting in the runtime's way.</summary>
    public void Dispose()
    {
        LoopSocketStream[] left;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            left = [.. _places.Take(_used).Select(static place => place.Stream).OfType<LoopSocketStream>()];
        }

        // Before the connections wait elsewhere: with the instance go all its watches.
        _epoll.Dispose();
        _alarm.Dispose();
        foreach (LoopSocketStream stream in left)
            stream.Leave();
    }

    private bool Find(ReadOnlySpan<byte> events, int count, List<PollEvent> found, bool silences)
    {
        found.Clear();
        if (count == 0) return false;
        bool rings = false;
        lock (_gate)
        {
            for (int i = 0; i < count; i++)
            {
                (uint happened, ulong data) = Epoll.Read(events, i);
                if (data == AlarmData)
                {
                    rings = true;
                    if (silences) Epoll.Silence(_alarm);
                }
                else if (_places[(int)(uint)data] is { Stream: { } stream } place && place.Generation == (uint)(data >> 32))
                    found.Add(new(stream, happened));
            }
        }

        return rings;
    }

    private ulong DataOf(int place) => ((ulong)_places[place].Generation << 32) | (uint)place;

    private void Vacate(int place)
    {
        _places[place].Stream = null;
        _places[place].Generation++;
        _free.Push(place);
    }

    private struct Place
    {
        public LoopSocketStream? Stream;
        public uint Generation;
    }
}
