using Microsoft.CodeAnalysis;

namespace RequestsAsync.Analyzers;

/// <summary>The rules, each explained on a page of its own.</summary>
/// <remarks>
/// A rule that is a warning in a loop and a suggestion elsewhere is declared as a warning: the compiler does not run one at the command line that is
/// declared as less.
/// </remarks>
internal static class Rule
{
    private const string Category = "RequestsAsync";

    /// <summary>A blocking verb in async code.</summary>
    public static readonly DiagnosticDescriptor BlockingVerb = new(
        "RQA001",
        "A blocking verb in async code",
        "'{0}' holds the thread until the answer is here: await '{1}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Async code that blocks keeps its thread from everybody else. The awaited verb of the same name takes the same arguments.",
        Page("RQA001"));

    /// <summary>A task of this library that is blocked on.</summary>
    public static readonly DiagnosticDescriptor BlockedTask = new(
        "RQA002",
        "A task is blocked on",
        "'{0}' blocks on a task: {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Blocking on a task holds a thread while another one has to finish the work. Await it, or use the verb that blocks on a socket.",
        Page("RQA002"));

    /// <summary>A streamed response that nobody disposes.</summary>
    public static readonly DiagnosticDescriptor OpenStream = new(
        "RQA003",
        "A streamed response is not disposed",
        "The response of '{0}' keeps its connection until it is disposed: declare it with '{1}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A streamed response owns a connection. Without Dispose the connection is lost to the pool until the garbage collector finds it.",
        Page("RQA003"));

    /// <summary>A session made for one request.</summary>
    public static readonly DiagnosticDescriptor ShortSession = new(
        "RQA004",
        "A session is made for one request",
        "A session of its own for {0} opens a new connection each time: make one and keep it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A session owns a pool of connections and is safe for any number of threads. One that lives for one request pays for a new connection each time.",
        Page("RQA004"));

    /// <summary>Independent requests sent one by one.</summary>
    public static readonly DiagnosticDescriptor LoopedRequests = new(
        "RQA005",
        "Independent requests are sent one by one",
        "Each '{0}' waits for the one before it: GatherAsync sends them at once, with a limit",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Requests that do not depend on each other take the time of the slowest when gathered, and the time of all when awaited one by one.",
        Page("RQA005"));

    /// <summary>A body that is used whatever the status.</summary>
    public static readonly DiagnosticDescriptor UncheckedBody = new(
        "RQA006",
        "A response is used unchecked",
        "The response of '{0}' is used unchecked: {1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Every status is a response: the body of a 500 is an error page. EnsureSuccess throws an exception that shows it.",
        Page("RQA006"));

    /// <summary>A blocking verb on the event loop.</summary>
    public static readonly DiagnosticDescriptor BlockedLoop = new(
        "RQA007",
        "A blocking verb on the event loop",
        "'{0}' stops the whole event loop: move it off with EventLoop.ToThreadAsync, or await '{1}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "One thread runs every step of an event loop. While a call blocks it, no other task of the loop goes on.",
        Page("RQA007"));

    /// <summary>An HttpClient made for one request.</summary>
    public static readonly DiagnosticDescriptor ShortClient = new(
        "RQA008",
        "An HttpClient is made for one request",
        "An HttpClient of its own for {0} leaves sockets behind each time: use Requests, or a Session that is kept",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Each HttpClient has a pool of its own; its closed connections hold their ports for minutes. The verbs of Requests share one pool.",
        Page("RQA008"));

    private static string Page(string id) => $"docs/analyzers/{id}.md";
}
