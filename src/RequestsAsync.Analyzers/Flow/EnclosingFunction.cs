using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>The innermost function around an operation: a lambda, a local function, or the member itself.</summary>
internal readonly struct EnclosingFunction
{
    private readonly IAnonymousFunctionOperation? _lambda;

    private EnclosingFunction(IMethodSymbol? symbol, IAnonymousFunctionOperation? lambda) => (Symbol, _lambda) = (symbol, lambda);

    /// <summary>The function, or <see langword="null"/> in the initializer of a field.</summary>
    public IMethodSymbol? Symbol { get; }

    /// <summary>Whether it may await; a program of top-level statements is async when it awaits anywhere.</summary>
    public bool IsAsync => Symbol is { IsAsync: true };

    public static EnclosingFunction Of(IOperation operation, ISymbol member)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation lambda) return new(lambda.Symbol, lambda);
            if (outer is ILocalFunctionOperation local) return new(local.Symbol, null);
        }

        return new(member as IMethodSymbol, null);
    }

    /// <summary>The call that a lambda is an argument of, or <see langword="null"/>.</summary>
    public IInvocationOperation? Receiver
    {
        get
        {
            IOperation? outer = _lambda?.Parent;
            while (outer is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation) outer = outer.Parent;
            return (outer as IArgumentOperation)?.Parent as IInvocationOperation;
        }
    }

    /// <summary>Whether the event loop's own thread runs it: it is handed to one of the methods that run functions on the loop.</summary>
    public bool RunsOnLoop(Library library) =>
        Receiver?.TargetMethod is { Name: "Run" or "RunAsync" or "CreateTask" } method && Library.Same(method.ContainingType, library.EventLoop);

    /// <summary>Whether the program begins here: it runs once, so what it makes lives long.</summary>
    public bool IsEntryPoint(Compilation compilation, Library library, CancellationToken cancellationToken) =>
        RunsOnLoop(library) || (_lambda is null && Library.Same(Symbol, compilation.GetEntryPoint(cancellationToken)));
}
