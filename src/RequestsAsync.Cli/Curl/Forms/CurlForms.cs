using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>The forms that a curl command is shown in.</summary>
internal static class CurlForms
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string[] Names { get; } = ["csharp", "requests", "json", "har"];

    /// <summary>Writes every request that the commands describe.</summary>
    /// <returns>What is different from what curl does.</returns>
    /// <exception cref="CommandException">A request cannot be said in that form.</exception>
    public static IReadOnlyList<string> Write(string form, CurlScript script, Stream target)
    {
        List<string> notes = [];
        List<(DescribedRequest Description, CurlHost Host)> requests = [];
        foreach (CurlCall call in script.Calls)
        {
            CurlTranslator translator = new(call.Host);
            foreach (CurlOperation operation in call.Operations)
                requests.AddRange(translator.Translate(operation).Select(description => (description, call.Host)));
            notes.AddRange(translator.Notes);
        }

        switch (form)
        {
            case "har":
                WriteHar(requests, target);
                break;
            case "json":
                WriteJson(requests, target);
                break;
            default:
                IEnumerable<string> texts = requests.Select(request => form == "csharp" ? new CSharpForm(request.Description).ToString() : RequestsForm.Of(request.Description));
                target.Write(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', texts)));
                break;
        }

        return notes;
    }

    private static void WriteHar(List<(DescribedRequest Description, CurlHost Host)> requests, Stream target)
    {
        HarLog har = new(new() { KeepsSecrets = true }); // they are the user's own, and on his screen already
        List<IDisposable> opened = [];
        try
        {
            foreach ((DescribedRequest description, CurlHost host) in requests)
                har.Add(description.ToRequest(host, opened));
            har.WriteTo(target);
            target.WriteByte((byte)'\n');
        }
        finally
        {
            opened.ForEach(static file => file.Dispose());
        }
    }

    private static void WriteJson(List<(DescribedRequest Description, CurlHost Host)> requests, Stream target)
    {
        using (Utf8JsonWriter json = new(target, Indented))
        {
            if (requests.Count != 1) json.WriteStartArray();
            foreach ((DescribedRequest description, _) in requests)
                JsonForm.Write(json, description);
            if (requests.Count != 1) json.WriteEndArray();
        }

        target.WriteByte((byte)'\n');
    }
}
