namespace RequestsAsync;

/// <summary>RFC 7617.</summary>
internal sealed class BasicAuth(string userName, string password) : Auth
{
    private readonly string _field = BasicCredentials.Encode(userName, password);

    internal string Field => _field;

    internal UserCredentials Credentials { get; } = new(userName, password);

    internal override bool WorksAtProxies => true;

    public override string ToString() => "<Auth Basic>";

    protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        request.Headers[request.Side.Credentials] = _field;
        return ValueTask.CompletedTask;
    }
}
