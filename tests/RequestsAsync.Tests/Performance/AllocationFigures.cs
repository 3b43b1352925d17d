namespace RequestsAsync.Tests;

/// <summary>What a request may allocate. This is the one place to change when the library has become thriftier, or must not be.</summary>
internal static class AllocationFigures
{
    // Total: the bytes of the call as a user makes it, what the runtime's messages take included. Own: what it takes more than the same over HttpMessageInvoker by hand.
    // Of a gathered request the objects are not counted: it runs on a thread of the pool.
    // A debug build makes a class of every state machine, so it has figures of its own.
    private static readonly AllocationFigure[] Debug =
    [
        new("GetText", Total: 5776, Own: 4368, Objects: 55),
        new("GetTextBlocking", Total: 5704, Own: 4296, Objects: 54),
        new("GetJson", Total: 4984, Own: 3840, Objects: 54),
        new("GetBytes", Total: 4848, Own: 3840, Objects: 46),
        new("PostJson", Total: 6840, Own: 5000, Objects: 67),
        new("GetWithCookie", Total: 5840, Own: 4296, Objects: 56),
        new("GatherOfThousand", Total: 5353, Own: 4345, Objects: 0),
    ];

    private static readonly AllocationFigure[] Release =
    [
        new("GetText", Total: 3752, Own: 2520, Objects: 43),
        new("GetTextBlocking", Total: 3680, Own: 2448, Objects: 42),
        new("GetJson", Total: 2960, Own: 1920, Objects: 41),
        new("GetBytes", Total: 2824, Own: 1920, Objects: 34),
        new("PostJson", Total: 4624, Own: 3040, Objects: 52),
        new("GetWithCookie", Total: 3816, Own: 2448, Objects: 44),
        new("GatherOfThousand", Total: 3433, Own: 2529, Objects: 0),
    ];

    /// <summary>What was written down for a call, for the build of the library that is tested.</summary>
    public static AllocationFigure Of(string call) => Array.Find(IsDebug ? Debug : Release, figure => figure.Call == call)!;

    /// <summary>The name of the table that counts.</summary>
    public static string Table => IsDebug ? nameof(Debug) : nameof(Release);

    private static bool IsDebug { get; } =
        typeof(Session).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), inherit: false) is [System.Diagnostics.DebuggableAttribute { IsJITOptimizerDisabled: true }];
}
