using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace RequestsAsync.Analyzers;

/// <summary>The symbols of the library, as one compilation sees them.</summary>
internal sealed class Library
{
    private const string AsyncSuffix = "Async";

    private readonly IAssemblySymbol _assembly;
    private readonly ConcurrentDictionary<IMethodSymbol, IMethodSymbol?> _awaitedTwins = new(SymbolEqualityComparer.Default);

    private Library(Compilation compilation, INamedTypeSymbol session)
    {
        _assembly = session.ContainingAssembly;
        Session = session;
        Requests = compilation.GetTypeByMetadataName("RequestsAsync.Requests");
        Response = compilation.GetTypeByMetadataName("RequestsAsync.Response");
        Outcome = compilation.GetTypeByMetadataName("RequestsAsync.Outcome");
        EventLoop = compilation.GetTypeByMetadataName("RequestsAsync.EventLoop");
        HttpClient = compilation.GetTypeByMetadataName("System.Net.Http.HttpClient");
    }

    public INamedTypeSymbol Session { get; }

    public INamedTypeSymbol? Requests { get; }

    public INamedTypeSymbol? Response { get; }

    public INamedTypeSymbol? Outcome { get; }

    public INamedTypeSymbol? EventLoop { get; }

    public INamedTypeSymbol? HttpClient { get; }

    /// <summary>The library in a compilation, or <see langword="null"/> where it is not referenced.</summary>
    public static Library? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("RequestsAsync.Session") is { } session ? new(compilation, session) : null;

    public static bool Same(ISymbol? one, ISymbol? other) => one is not null && SymbolEqualityComparer.Default.Equals(one, other);

    /// <summary>Whether a method is one of the library's.</summary>
    public bool Declares(IMethodSymbol method) => Same(method.ContainingAssembly, _assembly);

    /// <summary>Whether a method sends one request and gives its response: a verb of <c>Requests</c> or of a session.</summary>
    public bool IsVerb(IMethodSymbol method) =>
        (Same(method.ContainingType, Session) || Same(method.ContainingType, Requests)) && Same(Awaited(method.ReturnType), Response);

    /// <summary>Whether a method is a verb whose response still has its body on the way.</summary>
    public bool IsStreamingVerb(IMethodSymbol method) => method.Name is "Stream" or "StreamAsync" && IsVerb(method);

    /// <summary>The awaited method that does what a blocking one does, if it is a blocking one.</summary>
    public IMethodSymbol? AwaitedTwin(IMethodSymbol method)
    {
        // Called for every call of a program: the assembly tells nearly all of them apart.
        if (!Declares(method) && !Same(method.ContainingType, EventLoop)) return null;
        return _awaitedTwins.GetOrAdd(method.OriginalDefinition, static blocking => FindAwaited(blocking));
    }

    /// <summary>The blocking method that does what an awaited one does, if there is one.</summary>
    public static IMethodSymbol? BlockingTwin(IMethodSymbol method)
    {
        IMethodSymbol awaited = method.OriginalDefinition;
        if (!awaited.Name.EndsWith(AsyncSuffix, StringComparison.Ordinal)) return null;
        foreach (ISymbol member in awaited.ContainingType.GetMembers(BlockingName(awaited.Name)))
            if (member is IMethodSymbol blocking && IsPublic(blocking) && AreTwins(blocking, awaited)) return blocking;
        return null;
    }

    public static string BlockingName(string awaitedName) => awaitedName.Substring(0, awaitedName.Length - AsyncSuffix.Length);

    /// <summary>What awaiting a value of a type gives: the type argument of a task, or the type itself.</summary>
    public static ITypeSymbol Awaited(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task ? task.TypeArguments[0] : type;

    private static IMethodSymbol? FindAwaited(IMethodSymbol blocking)
    {
        // Response and session are disposed either way; Dispose waits for nothing.
        if (blocking.Name is "Dispose" || !IsPublic(blocking)) return null;
        foreach (ISymbol member in blocking.ContainingType.GetMembers(blocking.Name + AsyncSuffix))
            if (member is IMethodSymbol awaited && IsPublic(awaited) && AreTwins(blocking, awaited)) return awaited;
        return null;
    }

    private static bool IsPublic(IMethodSymbol method) =>
        method.DeclaredAccessibility == Accessibility.Public && method.ContainingType.DeclaredAccessibility == Accessibility.Public;

    // The same parameters, but for the cancellation token that a blocking call may lack.
    private static bool AreTwins(IMethodSymbol blocking, IMethodSymbol awaited)
    {
        if (awaited.Arity != blocking.Arity) return false;
        if (awaited.Arity > 0) awaited = awaited.Construct([.. blocking.TypeParameters]);
        int count = blocking.Parameters.Length;
        int more = awaited.Parameters.Length - count;
        if (more is not (0 or 1) || (more == 1 && awaited.Parameters[count].Type.Name != nameof(CancellationToken))) return false;
        for (int i = 0; i < count; i++)
            if (!Same(blocking.Parameters[i].Type, awaited.Parameters[i].Type)) return false;
        return true;
    }
}
