using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

// The connections that the loop waits on itself.
[SuppressMessage("Design", "CA1001", Justification = "Whoever runs a loop closes it at its end.")]
public sealed partial class EventLoop
{
    private const int StepsBetweenLooks = 256;

    private readonly Lock _pollerGate = new();
    private readonly FoundEvents _found = new();
    private LoopPoller? _poller;
    private LoopStandIn? _standIn;
    private bool _hasNoPoller;

    /// <summary>Whether it waits on its connections itself, where the system lets it.</summary>
    internal bool PollsSockets => _options.PollSockets;

    /// <summary>What waits on the loop's connections, made for the first of them; <see langword="null"/> where the runtime does that, and when the loop has ended.</summary>
    internal LoopPoller? Poller
    {
        get
        {
            lock (_pollerGate)
            {
                if (_poller is not null || _hasNoPoller) return _poller;
                _poller = _options.PollSockets ? LoopPoller.TryCreate() : null;
                _hasNoPoller = _poller is null;
                if (_poller is null) return null;
                _standIn = new LoopStandIn(_poller, _found);
                _standIn.Watch(); // the step that needs the first connection may hold the loop
                _steps.WaitAt(_poller);
                return _poller;
            }
        }
    }

    // Sees which sockets are ready while there are steps to run.
    private void LookAtSockets(LoopContext context, ExecutionContext? flow)
    {
        if (_poller is not { } poller) return;
        poller.Look(_found.Told, milliseconds: 0);
        Complete(context, flow);
    }

    // What a connection was waited for goes on here at once, outside of the loop's context: the library's own code, and what follows it with
    // ConfigureAwait(false). Code that came from the loop is posted to it by its context.
    private void Complete(LoopContext context, ExecutionContext? flow)
    {
        if (_found.Told.Count == 0) return;
        _found.Publish();
        Watch.BeginTurn();
        while (_found.TryTake(out PollEvent one))
        {
            if (SynchronizationContext.Current is not null) SynchronizationContext.SetSynchronizationContext(null);
            Watch.BeginStep(one.Stream);
            try
            {
                one.Stream.Note(one.Events, isStandIn: false);
            }
            catch (Exception e)
            {
                _problems.Report(new("An exception in what follows a read or a write of a connection, which nobody awaits.", e, null));
            }

            Watch.EndStep();
            if (flow is not null && !ReferenceEquals(ExecutionContext.Capture(), flow)) ExecutionContext.Restore(flow);
        }

        SynchronizationContext.SetSynchronizationContext(context);
    }

    private void LeaveSockets()
    {
        LoopPoller? poller;
        lock (_pollerGate)
        {
            poller = _poller;
            _poller = null;
            _hasNoPoller = true;
        }

        _standIn?.Dispose();
        poller?.Dispose();
    }
}
