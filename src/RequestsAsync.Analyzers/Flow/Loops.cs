using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Finds the loop that repeats an operation.</summary>
internal static class Loops
{
    /// <summary>The innermost loop, in the same function, whose body has the operation in it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="declared">A local of the operation: loops around its declaration do not count.</param>
    public static ILoopOperation? Around(IOperation operation, IVariableDeclaratorOperation? declared)
    {
        for (IOperation inner = operation; inner.Parent is { } outer; inner = outer)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation) return null;
            if (outer is ILoopOperation loop && loop.Body == inner)
                return declared is not null && loop.Syntax.Span.Contains(declared.Syntax.Span) ? null : loop;
        }

        return null;
    }
}
