using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Finds the one request of a loop's body that no other turn of the loop has a say in.</summary>
internal static class LoopedRequest
{
    /// <summary>The request, or <see langword="null"/> when the order of the turns may be meant.</summary>
    public static IInvocationOperation? Of(IForEachLoopOperation loop, Library library)
    {
        if (loop.IsAsynchronous || Variable(loop) is not { } variable || loop.Body is not { } body) return null;

        IInvocationOperation? request = null;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                // Leaving early, or skipping, decides by an earlier answer which requests are sent at all.
                case IBranchOperation or IReturnOperation or IThrowOperation when EnclosingLoop(operation) == loop:
                case IForEachLoopOperation { IsAsynchronous: true }:
                    return null;
                case IInvocationOperation call when library.IsVerb(call.TargetMethod):
                    if (request is not null) return null;
                    request = call;
                    break;
                case IAwaitOperation { Operation: var awaited } when IsPacing(awaited):
                    return null;
            }
        }

        return request is not null && IsSafe(request.TargetMethod.Name) && IsEveryTurn(request, loop) && IsIndependent(request, body, variable)
            ? request
            : null;
    }

    /// <summary>The variable of a <c>foreach</c>, where it is a single one.</summary>
    public static ILocalSymbol? Variable(IForEachLoopOperation loop) =>
        loop.LoopControlVariable is IVariableDeclaratorOperation declarator ? declarator.Symbol : null;

    // The order of writes matters to many a server; that of reads does not.
    private static bool IsSafe(string verb) => verb is "GetAsync" or "HeadAsync" or "OptionsAsync" or "QueryAsync";

    // Sent by each turn, as part of a statement of the body itself, and awaited there.
    private static bool IsEveryTurn(IInvocationOperation request, IForEachLoopOperation loop)
    {
        bool isAwaited = false;
        for (IOperation inner = request; inner.Parent is { } outer; inner = outer)
        {
            isAwaited |= outer is IAwaitOperation;
            if (outer == loop || (outer is IBlockOperation && outer == loop.Body)) return isAwaited;
            if (outer is IAnonymousFunctionOperation || IsCondition(outer)) return false;
        }

        return false;
    }

    private static bool IsCondition(IOperation operation) => operation is
        IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation or ISwitchOperation or ISwitchExpressionOperation or ILoopOperation
        or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr };

    // It asks for something of this turn, and for nothing that a turn before it has left behind.
    private static bool IsIndependent(IInvocationOperation request, IOperation body, ILocalSymbol variable)
    {
        bool isOfThisTurn = false;
        foreach (IArgumentOperation argument in request.Arguments)
        {
            foreach (IOperation operation in argument.Descendants())
            {
                if (operation is ILocalReferenceOperation { Local: var local })
                {
                    isOfThisTurn |= Library.Same(local, variable);
                    if (IsWritten(body, local)) return false;
                }
                else if (operation is IAwaitOperation)
                    return false;
                else if (operation is IFieldReferenceOperation or IParameterReferenceOperation && IsWritten(body, Symbol(operation)))
                    return false;
            }
        }

        return isOfThisTurn;
    }

    private static ISymbol? Symbol(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    private static bool IsWritten(IOperation body, ISymbol? symbol)
    {
        foreach (IOperation operation in body.Descendants())
        {
            IOperation? target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                // What is called on may change: a list that grows, a queue that is drained.
                IInvocationOperation { Instance: { } instance } call when call.TargetMethod.ReturnsVoid => instance,
                _ => null,
            };
            if (target is not null && Library.Same(Symbol(target), symbol)) return true;
        }

        return false;
    }

    // Between the requests of a polite program there is a pause.
    private static bool IsPacing(IOperation awaited) =>
        Values.Inward(awaited) is IInvocationOperation
        {
            TargetMethod.Name: "Delay" or "SleepAsync" or "Yield" or "WaitAsync" or "AcquireAsync" or "WaitForNextTickAsync",
        };

    private static ILoopOperation? EnclosingLoop(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation) return null;
            if (outer is ILoopOperation loop) return loop;
        }

        return null;
    }
}
