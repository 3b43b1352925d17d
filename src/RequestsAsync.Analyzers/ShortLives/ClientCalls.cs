using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace RequestsAsync.Analyzers;

/// <summary>Everything that a function does with an <c>HttpClient</c>, in the words of this library.</summary>
/// <param name="requests">The name of <c>Requests</c> where the calls stand.</param>
internal sealed class ClientCalls(string requests)
{
    private readonly Dictionary<SyntaxNode, Func<ExpressionSyntax, ExpressionSyntax>> _changes = [];
    private readonly List<SyntaxNode> _verbs = [];

    /// <summary>The expressions that change.</summary>
    public IEnumerable<SyntaxNode> Nodes => _changes.Keys;

    /// <summary>Collects every use of a client.</summary>
    /// <returns>Whether each of them has a form in this library.</returns>
    public bool TryAddAll(IVariableDeclaratorOperation client)
    {
        foreach (ILocalReferenceOperation reference in Values.References(Values.Root(client), client.Symbol))
            if (reference.Parent is not IInvocationOperation call || call.Instance != reference || !TryAdd(call)) return false;

        // The arguments are taken over as they stand: they may not change themselves.
        return !_verbs.Any(verb => _changes.Keys.Any(node => node != verb && verb.Contains(node)));
    }

    /// <summary>Changes the collected expressions.</summary>
    /// <param name="root">A tree that tracks <see cref="Nodes"/>.</param>
    public SyntaxNode Rewrite(SyntaxNode root)
    {
        var current = _changes.ToDictionary(change => root.GetCurrentNode(change.Key)!, static change => change.Value);
        return root.ReplaceNodes(current.Keys, (node, changed) => current[node]((ExpressionSyntax)changed).WithTriviaFrom(node));
    }

    private bool TryAdd(IInvocationOperation call)
    {
        if (call.Arguments.Length == 0 || call.Arguments[0].Value.Type?.SpecialType != SpecialType.System_String) return false;
        IOperation answer = Values.Outward(call);
        if (answer is not IAwaitOperation) return false;
        switch (call.TargetMethod.Name)
        {
            case "GetStringAsync" when TryAddVerb(call, "GetAsync"):
                _changes.Add(answer.Syntax, static awaited => Chain(awaited, ".EnsureSuccess().Text"));
                return true;
            case "GetAsync" or "PostAsync" when TryAddVerb(call, call.TargetMethod.Name):
                return answer.Parent is IExpressionStatementOperation
                    || (Values.Declarator(answer) is { } response && IsInferred(response) && TryAddResponse(response));
            default:
                return false;
        }
    }

    private bool TryAddVerb(IInvocationOperation call, string verb)
    {
        List<string> arguments = [];
        foreach (IArgumentOperation argument in call.Arguments)
        {
            string? text = argument.Parameter?.Name switch
            {
                "requestUri" => argument.Value.Syntax.ToString(),
                "content" when argument.Value.ConstantValue is { HasValue: true, Value: null } => "",
                "content" => Content(Values.Inward(argument.Value)),
                "cancellationToken" => $"cancellationToken: {argument.Value.Syntax}",
                _ => null,
            };
            if (text is null) return false;
            if (text.Length > 0) arguments.Add(text);
        }

        _verbs.Add(call.Syntax);
        _changes.Add(call.Syntax, _ => SyntaxFactory.ParseExpression($"{requests}.{verb}({string.Join(", ", arguments)})"));
        return true;
    }

    private static string? Content(IOperation content) => content switch
    {
        IObjectCreationOperation { Type.Name: "StringContent", Arguments.Length: 1, Initializer: null } text =>
            $"new() {{ Content = {text.Arguments[0].Value.Syntax} }}",
        IInvocationOperation
        {
            TargetMethod: { Name: "Create", ContainingType.Name: "JsonContent" },
            Syntax: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } values },
        } => $"new() {{ Json = {values[0].Expression} }}",
        _ => null,
    };

    private static bool IsInferred(IVariableDeclaratorOperation response) =>
        response.Syntax.Parent is VariableDeclarationSyntax { Type.IsVar: true };

    private bool TryAddResponse(IVariableDeclaratorOperation response)
    {
        foreach (ILocalReferenceOperation reference in Values.References(Values.Root(response), response.Symbol))
            if (!TryAddMember(reference)) return false;
        return true;
    }

    private bool TryAddMember(ILocalReferenceOperation response)
    {
        string name = response.Local.Name;
        switch (response.Parent)
        {
            case IInvocationOperation { TargetMethod.Name: "EnsureSuccessStatusCode", Parent: IExpressionStatementOperation } check:
                return Add(check.Syntax, $"{name}.EnsureSuccess()");
            case IPropertyReferenceOperation { Property.Name: "IsSuccessStatusCode" } success:
                return Add(success.Syntax, $"{name}.IsSuccess");
            case IPropertyReferenceOperation { Property.Name: "StatusCode", Parent: IConversionOperation { Syntax: CastExpressionSyntax } number }
                when number.Type?.SpecialType == SpecialType.System_Int32:
                return Add(number.Syntax, $"{name}.StatusCode");
            case IPropertyReferenceOperation { Property.Name: "Content", Parent: IInvocationOperation { TargetMethod.Name: "ReadAsStringAsync" } text }
                when Values.Outward(text) is IAwaitOperation reading:
                return Add(reading.Syntax, $"{name}.Text");
            default:
                return false;
        }
    }

    private bool Add(SyntaxNode node, string text)
    {
        _changes.Add(node, _ => SyntaxFactory.ParseExpression(text));
        return true;
    }

    private static ExpressionSyntax Chain(ExpressionSyntax awaited, string members) =>
        SyntaxFactory.ParseExpression($"({awaited.WithoutLeadingTrivia().WithoutTrailingTrivia()}){members}");
}
