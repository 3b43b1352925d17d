namespace RequestsAsync.Tests;

/// <summary>What a request may allocate. This is the one place to change when the library has become thriftier, or must not be.</summary>
internal static class AllocationFigures
{
    // Total: the bytes of the call as a user makes it, what the runtime's messages take included. Own: what it takes more than the same over HttpMessageInvoker by hand.
    // Of a gathered request the objects are not counted: it runs on a thread of the pool.
    // A debug build makes a class of every state machine, so it has figures of its own.
    private static readonly AllocationFigure[] Debug =
    [
        new("GetText", Total: 2072, Own: 664, Objects: 17),
        new("GetTextBlocking", Total: 2632, Own: 1224, Objects: 21),
        new("GetJson", Total: 1672, Own: 528, Objects: 23),
        new("GetBytes", Total: 1536, Own: 528, Objects: 16),
        new("PostJson", Total: 4160, Own: 2320, Objects: 40),
        new("GetWithCookie", Total: 2136, Own: 592, Objects: 18),
        new("GatherOfThousand", Total: 2500, Own: 1500, Objects: 0), // rounded up: which thread meets which differs from run to run
    ];

    private static readonly AllocationFigure[] Release =
    [
        new("GetText", Total: 1816, Own: 584, Objects: 16),
        new("GetTextBlocking", Total: 1816, Own: 584, Objects: 16),
        new("GetJson", Total: 1416, Own: 376, Objects: 22),
        new("GetBytes", Total: 1280, Own: 376, Objects: 15),
        new("PostJson", Total: 3520, Own: 1936, Objects: 36),
        new("GetWithCookie", Total: 1880, Own: 512, Objects: 17),
        new("GatherOfThousand", Total: 2000, Own: 1100, Objects: 0),
    ];

    /// <summary>What was written down for a call, for the build of the library that is tested.</summary>
    public static AllocationFigure Of(string call) => Array.Find(IsDebug ? Debug : Release, figure => figure.Call == call)!;

    /// <summary>What a request over a socket may allocate of what <see cref="HttpClient"/> does.</summary>
    public static double ShareOfHttpClient => IsDebug ? 1.00 : 0.85;

    /// <summary>The name of the table that counts.</summary>
    public static string Table => IsDebug ? nameof(Debug) : nameof(Release);

    private static bool IsDebug { get; } =
        typeof(Session).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), inherit: false) is [System.Diagnostics.DebuggableAttribute { IsJITOptimizerDisabled: true }];
}
