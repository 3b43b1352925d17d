namespace RequestsAsync.Interop;

/// <summary>The value of one field in each sending of a session, those of authentication rounds included; <see langword="null"/> where it was not sent.</summary>
internal sealed class Sendings : List<string?>
{
    /// <summary>Notes the field from here on.</summary>
    public static Sendings Watch(SessionOptions options, string field)
    {
        Sendings sendings = [];
        options.Hooks.OnRequest += (request, _) =>
        {
            sendings.Add(request.Headers[field]);
            return ValueTask.CompletedTask;
        };
        return sendings;
    }
}
