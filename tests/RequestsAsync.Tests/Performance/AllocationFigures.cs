namespace RequestsAsync.Tests;

/// <summary>What a request may allocate, in bytes. This is the one place to change when the library has become thriftier, or must not be.</summary>
internal static class AllocationFigures
{
    // Total: the call as a user makes it, what the runtime's messages take included. Own: what it takes more than the same over HttpMessageInvoker by hand.
    // A debug build makes a class of every state machine, so it has figures of its own.
    private static readonly AllocationFigure[] Debug =
    [
        new("GetText", Total: 5968, Own: 4560),
        new("GetTextBlocking", Total: 5896, Own: 4488),
        new("GetJson", Total: 5176, Own: 4032),
        new("GetBytes", Total: 5040, Own: 4032),
        new("PostJson", Total: 7032, Own: 5192),
        new("GetWithCookie", Total: 6032, Own: 4488),
        new("GatherOfThousand", Total: 5857, Own: 4849),
    ];

    private static readonly AllocationFigure[] Release =
    [
        new("GetText", Total: 3944, Own: 2712),
        new("GetTextBlocking", Total: 3872, Own: 2640),
        new("GetJson", Total: 3152, Own: 2112),
        new("GetBytes", Total: 3016, Own: 2112),
        new("PostJson", Total: 4816, Own: 3232),
        new("GetWithCookie", Total: 4008, Own: 2640),
        new("GatherOfThousand", Total: 3625, Own: 2721),
    ];

    /// <summary>What was written down for a call, for the build of the library that is tested.</summary>
    public static AllocationFigure Of(string call) => Array.Find(IsDebug ? Debug : Release, figure => figure.Call == call)!;

    /// <summary>The name of the table that counts.</summary>
    public static string Table => IsDebug ? nameof(Debug) : nameof(Release);

    private static bool IsDebug { get; } =
        typeof(Session).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), inherit: false) is [System.Diagnostics.DebuggableAttribute { IsJITOptimizerDisabled: true }];
}
