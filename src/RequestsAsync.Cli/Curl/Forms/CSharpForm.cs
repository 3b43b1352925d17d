using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>A request as a program for this library, to be compiled as it is.</summary>
internal sealed class CSharpForm
{
    private static readonly string[] Verbs = ["GET", "OPTIONS", "HEAD", "POST", "PUT", "PATCH", "DELETE", "QUERY"];

    private readonly DescribedRequest _request;
    private readonly List<string> _lines = [];
    private readonly List<string> _members = [];

    public CSharpForm(DescribedRequest request)
    {
        _request = request;
        AddSession();
        AddHeaders();
        AddContent();
        AddAuth();
        AddCall();
    }

    /// <summary>The program.</summary>
    public override string ToString() => string.Concat(_lines.Select(static line => line + "\n"));

    private void AddSession()
    {
        _lines.AddRange(["using RequestsAsync;", ""]);
        List<string> members = [.. CSharpSession.Members(_request.Settings)];
        if (members.Count == 0)
        {
            _lines.Add("await using Session session = new();");
            return;
        }

        _lines.AddRange(["await using Session session = new(new()", "{", .. members.Select(static member => $"    {member},"), "});"]);
    }

    private void AddHeaders()
    {
        string[] headers = [.. ContentText.HeadersOf(_request).GroupBy(static header => header.Name, StringComparer.OrdinalIgnoreCase).Select(HeaderOf)];
        if (headers.Length > 0) _members.Add($"Headers = {{ {string.Join(", ", headers)} }}");
        if (_request.Cookies.Count > 0)
            _members.Add($"Cookies = {{ {string.Join(", ", _request.Cookies.Select(static cookie => $"[{CSharpText.Literal(cookie.Key)}] = {CSharpText.Literal(cookie.Value)}"))} }}");
    }

    // Several values of one name are one line on the wire.
    private static string HeaderOf(IGrouping<string, DescribedHeader> header)
    {
        string[] values = [.. header.Select(static one => one.Value).OfType<string>()];
        return $"[{CSharpText.Literal(header.Key)}] = {(values.Length == 0 ? "null" : CSharpText.Literal(string.Join(", ", values)))}";
    }

    private void AddContent()
    {
        if (_request.ExpectContinue) _members.Add("ExpectContinue = true");
        if (_request.Content is DescribedContent.Multipart form)
        {
            _members.Add($"Files = {{ {string.Join(", ", form.Parts.Select(static part => $"{{ {CSharpText.Literal(part.Name)}, {Upload(part)} }}"))} }}");
            return;
        }

        if (ContentText.FieldsOf(_request) is { } fields && fields.DistinctBy(static field => field.Key, StringComparer.Ordinal).Count() == fields.Count)
        {
            _members.Add($"Form = {{ {string.Join(", ", fields.Select(static field => $"[{CSharpText.Literal(field.Key)}] = {CSharpText.Literal(field.Value)}"))} }}");
            return;
        }

        string type = ContentText.TypeOf(_request) is { } named ? ", " + CSharpText.Literal(named) : ", contentType: null";
        string? content = _request.Content switch
        {
            DescribedContent.Bytes bytes when ContentText.Of(bytes.Content.Span) is { } text => $"Body.FromText({CSharpText.Literal(text)}{type})",
            DescribedContent.Bytes bytes => $"Body.FromBytes(Convert.FromBase64String(\"{Convert.ToBase64String(bytes.Content.Span)}\"){type})",
            DescribedContent.File file => $"Body.FromStream(File.OpenRead({CSharpText.Literal(file.Path)}){type})",
            DescribedContent.Input => $"Body.FromStream(Console.OpenStandardInput(){type})",
            _ => null,
        };
        if (content is not null) _members.Add($"Content = {content}");
    }

    private static string Upload(DescribedPart part)
    {
        if (part.Headers.Count > 0) throw new CommandException("a part with headers of its own cannot be said in one expression of C#: set Upload.Headers.", "--print har shows the rest.");

        string names = $", {CSharpText.Literal(part.FileName ?? "")}{(part.ContentType is { } type ? ", " + CSharpText.Literal(type) : "")}";
        if (part.Path is { } path) return $"Upload.FromFile({CSharpText.Literal(path)}{names})";
        return ContentText.Of(part.Content.Span) is { } text
            ? $"Upload.FromBytes(System.Text.Encoding.UTF8.GetBytes({CSharpText.Literal(text)}){names})"
            : $"Upload.FromBytes(Convert.FromBase64String(\"{Convert.ToBase64String(part.Content.Span)}\"){names})";
    }

    private void AddAuth()
    {
        if (_request.Auth is not { } auth) return;

        string pair = $"{CSharpText.Literal(auth.User)}, {CSharpText.Literal(auth.Secret)}";
        _members.Add("Auth = " + auth.Scheme switch
        {
            DescribedAuthScheme.Basic => $"({pair})",
            DescribedAuthScheme.Bearer => $"Auth.Bearer({CSharpText.Literal(auth.Secret)})",
            DescribedAuthScheme.Netrc => auth.Secret.Length == 0 ? "Auth.Netrc()" : $"Auth.Netrc({CSharpText.Literal(auth.Secret)})",
            _ => $"Auth.Digest({pair})",
        });
    }

    private void AddCall()
    {
        string method = _request.Method.ToUpperInvariant();
        string call = Verbs.Contains(method)
            ? $"session.{method[0]}{method[1..].ToLower(CultureInfo.InvariantCulture)}Async({CSharpText.Literal(_request.Url)}"
            : $"session.SendAsync({CSharpText.Literal(method)}, {CSharpText.Literal(_request.Url)}";
        if (_members.Count == 0) _lines.Add($"Response response = await {call});");
        else _lines.AddRange([$"Response response = await {call}, new()", "{", .. _members.Select(static member => $"    {member},"), "});"]);

        _lines.Add(_request.Output.Path is { } path && path != CurlOutput.Nowhere ? $"await response.SaveAsync({CSharpText.Literal(path)});" : "Console.WriteLine(response.Text);");
    }
}
