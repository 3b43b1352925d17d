using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Follows one value through the expressions that only pass it on.</summary>
internal static class Values
{
    /// <summary>The outermost expression that still has the value: awaited, converted, checked by <c>EnsureSuccess</c>.</summary>
    public static IOperation Outward(IOperation value)
    {
        while (PassedOnBy(value) is { } outer) value = outer;
        return value;
    }

    /// <summary>The innermost expression that the value comes from, the opposite of <see cref="Outward"/>.</summary>
    public static IOperation Inward(IOperation value)
    {
        while (true)
        {
            IOperation? inner = value switch
            {
                IAwaitOperation wait => wait.Operation,
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" } call => call.Instance,
                _ => null,
            };
            if (inner is null) return value;
            value = inner;
        }
    }

    /// <summary>The whole member that an operation is part of.</summary>
    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } outer) operation = outer;
        return operation;
    }

    /// <summary>Every place of a member where a local is mentioned.</summary>
    public static IEnumerable<ILocalReferenceOperation> References(IOperation root, ILocalSymbol local)
    {
        foreach (IOperation operation in root.Descendants())
            if (operation is ILocalReferenceOperation reference && Library.Same(reference.Local, local)) yield return reference;
    }

    /// <summary>The local that a value is the first content of, or <see langword="null"/>.</summary>
    public static IVariableDeclaratorOperation? Declarator(IOperation value) =>
        value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator : null;

    public static bool IsUsingDeclared(IVariableDeclaratorOperation declarator) =>
        declarator.Parent?.Parent is { Parent: IUsingOperation or IUsingDeclarationOperation };

    private static IOperation? PassedOnBy(IOperation value) => value.Parent switch
    {
        IAwaitOperation or IConversionOperation or IParenthesizedOperation => value.Parent,
        ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation => value.Parent,
        IConditionalOperation choice when choice.Condition != value && choice.Type is not null => choice,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "EnsureSuccess" } call when call.Instance == value => call,
        // The extension method for disposables: await using (x.ConfigureAwait(false)).
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "ConfigureAwait", IsExtensionMethod: true } } call } => call,
        _ => null,
    };
}
