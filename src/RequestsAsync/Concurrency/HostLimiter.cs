using System.Runtime.InteropServices;

namespace RequestsAsync;

/// <summary>Holds each host to its limit: who finds the host busy waits in line, and who is next is told when a place frees. Not thread-safe.</summary>
internal sealed class HostLimiter(int limit)
{
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly PriorityQueue<QueuedRequest, long> _ready = new(); // the first of the input first, on whom all wait where outcomes are given out in order

    /// <summary>How many wait, those included whose turn has come.</summary>
    public int Waiting { get; private set; }

    /// <summary>Takes a place at the request's host and says whether it may be sent; else it waits in line, or behind others whose turn has come.</summary>
    public bool TryEnter(in QueuedRequest request)
    {
        ref Line? line = ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, request.Host!, out _);
        line ??= new Line();
        if (line.InFlight < limit)
        {
            line.InFlight++;
            if (_ready.Count == 0) return true;
            Ready(request);
        }
        else
        {
            (line.Waiting ??= new()).Enqueue(request);
        }

        Waiting++;
        return false;
    }

    /// <summary>The next request in line whose host has kept a place for it.</summary>
    public bool TryTakeReady(out QueuedRequest request)
    {
        if (!_ready.TryDequeue(out request, out _)) return false;
        Waiting--;
        return true;
    }

    /// <summary>Gives a place back; the first in line, if any, gets it.</summary>
    public void Leave(string host)
    {
        Line line = _lines[host];
        if (line.Waiting is { Count: > 0 } waiting)
            Ready(waiting.Dequeue());
        else if (--line.InFlight == 0)
            _lines.Remove(host); // an endless input meets endless hosts
    }

    private void Ready(in QueuedRequest request) => _ready.Enqueue(request, request.Index);

    private sealed class Line
    {
        public int InFlight { get; set; }

        public Queue<QueuedRequest>? Waiting { get; set; }
    }
}
