using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Recognises code that blocks on a task, and the call that made the task.</summary>
internal static class BlockedTask
{
    /// <summary>The task that an operation blocks on, or <see langword="null"/> when it does not block.</summary>
    public static IOperation? In(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: "Task" or "ValueTask" }, Instance: { } task } => task,
        IInvocationOperation { TargetMethod: { Name: "Wait", ContainingType.Name: "Task" }, Instance: { } task } => task,
        IInvocationOperation
        {
            TargetMethod.Name: "GetResult",
            Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task },
        } => task,
        _ => null,
    };

    /// <summary>The call of the library that a task comes from, directly or by a local that is only blocked on.</summary>
    public static IInvocationOperation? Source(IOperation task, Library library)
    {
        IOperation origin = Values.Inward(task);
        if (origin is ILocalReferenceOperation reference) origin = Initial(reference) is { } value ? Values.Inward(value) : origin;
        return origin is IInvocationOperation call && library.Declares(call.TargetMethod) && IsTask(call.Type) ? call : null;
    }

    private static bool IsTask(ITypeSymbol? type) => type?.Name is "Task" or "ValueTask";

    // A task that is awaited, handed on or asked whether it is complete may well be complete when it is read.
    private static IOperation? Initial(ILocalReferenceOperation reference)
    {
        IOperation root = Values.Root(reference);
        foreach (ILocalReferenceOperation other in Values.References(root, reference.Local))
            if (!IsBlockedOn(other)) return null;
        foreach (IOperation operation in root.Descendants())
            if (operation is IVariableDeclaratorOperation declarator && Library.Same(declarator.Symbol, reference.Local))
                return declarator.Initializer?.Value;
        return null;
    }

    private static bool IsBlockedOn(IOperation task)
    {
        while (task.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "GetAwaiter" } call && call.Instance == task)
            task = call;
        return task.Parent is { } outer && (In(outer) == task || outer is IInvocationOperation { TargetMethod.Name: "GetResult" });
    }
}
