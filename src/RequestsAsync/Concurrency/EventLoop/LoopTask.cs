namespace RequestsAsync;

/// <summary>A function that runs on an event loop beside others (<c>asyncio.Task</c>). Made by <c>EventLoop.CreateTask</c>.</summary>
/// <remarks>
/// To await it inside another task of the loop ties the two: when that one is cancelled, this one is, as in asyncio. <see cref="Task"/> is the plain
/// .NET task for everything else (<see cref="System.Threading.Tasks.Task.WhenAll(Task[])"/> and its kind), and does not tie.
/// </remarks>
public abstract class LoopTask
{
    internal static readonly SendOrPostCallback Begin = static task => ((LoopTask)task!).BeginOnLoop();

    private static readonly SendOrPostCallback CancelOnLoop = static task => ((LoopTask)task!).Cancel();
    private static readonly Action<object?> CancelCallback = static task => ((LoopTask)task!).Cancel();
    private static readonly ContextCallback InContext = static task => ((LoopTask)task!).Call();

    private readonly EventLoop _loop;
    private readonly string? _name;
    private readonly int _number;
    private ExecutionContext? _context;
    private CancellationTokenSource? _cancellation;
    private Task? _running;
    private volatile bool _isCancellationRequested;
    private volatile bool _isRetrieved;

    private protected LoopTask(EventLoop loop, Delegate function, string? name, CallSite site)
    {
        _loop = loop;
        _name = name;
        _context = ExecutionContext.Capture();
        Function = function;
        Site = site;
        _number = loop.Admit(this);
    }

    /// <summary>Its name, for those who read reports: the one it was given, or <c>Task-1</c>, <c>Task-2</c> … in the order of the loop.</summary>
    public string Name => _name ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Task-{_number}");

    /// <summary>The .NET task of the same result. It ends on the loop.</summary>
    /// <remarks>Who asks for it answers for its exception: the loop does not report it any more.</remarks>
    public Task Task
    {
        get
        {
            MarkRetrieved();
            return Promise;
        }
    }

    /// <summary>Whether it has ended, one way or another.</summary>
    public bool IsCompleted => Promise.IsCompleted;

    /// <summary>Whether it has ended without an exception.</summary>
    public bool IsCompletedSuccessfully => Promise.IsCompletedSuccessfully;

    /// <summary>Whether it has ended because it was cancelled.</summary>
    public bool IsCanceled => Promise.IsCanceled;

    /// <summary>Whether it has ended with an exception other than a cancellation.</summary>
    public bool IsFaulted => Promise.IsFaulted;

    /// <summary>The exception it has ended with, or <see langword="null"/>. Who asks for it answers for it: the loop does not report it any more.</summary>
    public Exception? Exception
    {
        get
        {
            MarkRetrieved();
            return Promise.Exception?.InnerException;
        }
    }

    /// <summary>Whether it was told to end. It may go on for as long as it does not listen.</summary>
    public bool IsCancellationRequested => _isCancellationRequested;

    /// <summary>Cancelled by <see cref="Cancel"/> and by the end of the loop. Inside of the task it is <see cref="EventLoop.CancellationToken"/>.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            // Made only when somebody listens: most of very many tasks are never cancelled.
            if (_cancellation is not { } source)
            {
                source = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _cancellation, source, null) ?? source;
                if (_isCancellationRequested) source.Cancel();
            }

            return source.Token;
        }
    }

    internal Delegate Function { get; }

    internal CallSite Site { get; }

    internal LoopTask? Next { get; set; }

    internal LoopTask? Previous { get; set; }

    /// <summary>The task itself, without a word about who answers for its exception.</summary>
    internal abstract Task Promise { get; }

    internal bool HasUnretrievedException => Promise.IsFaulted && !_isRetrieved;

    /// <summary>
    /// Tells it to end, from any thread: what it awaits with its token ends with <see cref="OperationCanceledException"/>. One that has not begun never
    /// will, one that has ended stays as it is.
    /// </summary>
    /// <exception cref="AggregateException">Callbacks that were registered on its token threw, and this is the loop's thread.</exception>
    public void Cancel()
    {
        if (IsCompleted) return;
        if (!_loop.IsOnThread)
        {
            _loop.Post(CancelOnLoop, this);
            return;
        }

        CancelToken();
    }

    /// <summary>Awaits its end; the cancellation of the task that awaits cancels this one.</summary>
    /// <exception cref="InvalidOperationException">The task awaits itself.</exception>
    public LoopTaskAwaiter GetAwaiter()
    {
        MarkRetrieved();
        return new(Promise, Tie());
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal void MarkRetrieved() => _isRetrieved = true;

    /// <summary>Cancels it as one of several: what a callback throws is reported, so that the others are cancelled too.</summary>
    internal void CancelAmongOthers()
    {
        try
        {
            Cancel();
        }
        catch (AggregateException e)
        {
            _loop.ReportCancellation(this, e);
        }
    }

    /// <summary>Cancels what listens, also after its end.</summary>
    internal void CancelToken()
    {
        _isCancellationRequested = true;
        Interlocked.MemoryBarrier(); // either this sees the source, or who makes the source sees that it is too late
        _cancellation?.Cancel();
    }

    /// <summary>Cancels this task when the one that calls is cancelled, until the registration is ended.</summary>
    /// <exception cref="InvalidOperationException">It would wait for itself.</exception>
    internal CancellationTokenRegistration Tie()
    {
        if (IsCompleted || EventLoop.CurrentTask is not { } waiting) return default;
        if (ReferenceEquals(waiting, this)) throw new InvalidOperationException($"{Name} awaits itself, and would never end.");
        return waiting.CancellationToken.UnsafeRegister(CancelCallback, this);
    }

    private protected abstract void SetResult(Task ended);

    private protected abstract void SetCanceled(CancellationToken token);

    private void BeginOnLoop()
    {
        ExecutionContext? context = _context;
        _context = null;
        if (_isCancellationRequested)
        {
            SetCanceled(CancellationToken);
            _loop.Leave(this);
        }
        else if (context is null)
        {
            Call();
        }
        else
        {
            ExecutionContext.Run(context, InContext, this);
        }
    }

    private void Call()
    {
        EventLoop.Enter(this);
        try
        {
            _running = (Function is Func<CancellationToken, Task> takesToken ? takesToken(CancellationToken) : ((Func<Task>)Function)())
                ?? throw new InvalidOperationException($"The function of {Name} returned null instead of a task.");
        }
        catch (OperationCanceledException e)
        {
            _running = Task.FromCanceled(e.CancellationToken.IsCancellationRequested ? e.CancellationToken : new(canceled: true));
        }
        catch (Exception e)
        {
            _running = FromException(e);
        }

        if (_running.IsCompleted)
            EndOnLoop();
        else
            _running.GetAwaiter().UnsafeOnCompleted(EndOnLoop); // at once where the function ends on the loop, as it mostly does
    }

    private void EndOnLoop()
    {
        SetResult(_running!);
        _running = null;
        _loop.Leave(this);
    }

    private protected abstract Task FromException(Exception exception);
}
