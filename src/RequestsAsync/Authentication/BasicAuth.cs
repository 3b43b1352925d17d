namespace RequestsAsync;

/// <summary>RFC 7617.</summary>
internal sealed class BasicAuth(string userName, string password) : Auth
{
    private readonly string _field = BasicCredentials.Encode(userName, password);

    public override string ToString() => "<Auth Basic>";

    protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        request.Headers["Authorization"] = _field;
        return ValueTask.CompletedTask;
    }
}
