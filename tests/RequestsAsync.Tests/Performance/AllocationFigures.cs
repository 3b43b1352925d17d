namespace RequestsAsync.Tests;

/// <summary>What a request may allocate. This is the one place to change when the library has become thriftier, or must not be.</summary>
internal static class AllocationFigures
{
    // Total: the bytes of the call as a user makes it, what the runtime's messages take included. Own: what it takes more than the same over HttpMessageInvoker by hand.
    // Of a gathered request the objects are not counted: it runs on a thread of the pool.
    // A debug build makes a class of every state machine, so it has figures of its own.
    private static readonly AllocationFigure[] Debug =
    [
        new("GetText", Total: 2088, Own: 680, Objects: 17),
        new("GetTextBlocking", Total: 2648, Own: 1240, Objects: 21),
        new("GetJson", Total: 1688, Own: 544, Objects: 23),
        new("GetBytes", Total: 1552, Own: 544, Objects: 16),
        new("PostJson", Total: 4160, Own: 2320, Objects: 40),
        new("GetWithCookie", Total: 2152, Own: 608, Objects: 18),
        new("GatherOfThousand", Total: 2500, Own: 1500, Objects: 0), // rounded up: which thread meets which differs from run to run
    ];

    private static readonly AllocationFigure[] Release =
    [
        new("GetText", Total: 1832, Own: 600, Objects: 16),
        new("GetTextBlocking", Total: 1832, Own: 600, Objects: 16),
        new("GetJson", Total: 1432, Own: 392, Objects: 22),
        new("GetBytes", Total: 1296, Own: 392, Objects: 15),
        new("PostJson", Total: 3520, Own: 1936, Objects: 36),
        new("GetWithCookie", Total: 1896, Own: 528, Objects: 17),
        new("GatherOfThousand", Total: 2000, Own: 1100, Objects: 0),
    ];

    /// <summary>What was written down for a call, for the build of the library that is tested.</summary>
    public static AllocationFigure Of(string call) => Array.Find(IsDebug ? Debug : Release, figure => figure.Call == call)!;

    /// <summary>The name of the table that counts.</summary>
    public static string Table => IsDebug ? nameof(Debug) : nameof(Release);

    private static bool IsDebug { get; } =
        typeof(Session).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), inherit: false) is [System.Diagnostics.DebuggableAttribute { IsJITOptimizerDisabled: true }];
}
