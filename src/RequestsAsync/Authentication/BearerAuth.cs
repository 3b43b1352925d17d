namespace RequestsAsync;

/// <summary>RFC 6750 §2.1, with a token that never changes.</summary>
internal sealed class BearerAuth : Auth
{
    private readonly string _field;

    public BearerAuth(string token) => _field = FieldOf(token);

    internal override bool WorksAtProxies => true;

    internal string Field => _field;

    public override string ToString() => "<Auth Bearer>";

    /// <summary>The field value of a token.</summary>
    /// <exception cref="InvalidRequestException">The token is empty or holds something that no header may.</exception>
    public static string FieldOf(string? token)
    {
        if (string.IsNullOrEmpty(token)) throw new InvalidRequestException("The bearer token is empty.");
        if (HeaderRules.ValueProblem(token) is { } problem) throw new InvalidRequestException($"The bearer token {problem}.");
        return "Bearer " + token;
    }

    protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        request.Headers[request.Side.Credentials] = _field;
        return ValueTask.CompletedTask;
    }
}
