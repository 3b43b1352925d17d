using System.Globalization;
using System.Net;
using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

/// <summary>The rules of the HTTP Archive format 1.2: which members there must be, of which types, and that the others begin with an underscore.</summary>
internal static class HarFormat
{
    private static readonly Dictionary<string, Dictionary<string, string>> Objects = new(StringComparer.Ordinal)
    {
        ["root"] = Members("log:log"),
        ["log"] = Members("version:string creator:creator entries:entry[] browser?:creator pages?:any[] comment?:string"),
        ["creator"] = Members("name:string version:string comment?:string"),
        ["entry"] = Members("startedDateTime:date time:number request:request response:response cache:cache timings:timings serverIPAddress?:address connection?:string pageref?:string comment?:string"),
        ["request"] = Members("method:string url:url httpVersion:string cookies:cookie[] headers:pair[] queryString:pair[] postData?:postData headersSize:integer bodySize:integer comment?:string"),
        ["response"] = Members("status:integer statusText:string httpVersion:string cookies:cookie[] headers:pair[] content:content redirectURL:string headersSize:integer bodySize:integer comment?:string"),
        ["cookie"] = Members("name:string value:string path?:string domain?:string expires?:date httpOnly?:boolean secure?:boolean comment?:string"),
        ["pair"] = Members("name:string value:string comment?:string"),
        ["postData"] = Members("mimeType:string params?:param[] text:string comment?:string"),
        ["param"] = Members("name:string value?:string fileName?:string contentType?:string comment?:string"),
        ["content"] = Members("size:integer compression?:integer mimeType:string text?:string encoding?:string comment?:string"),
        ["cache"] = Members("beforeRequest?:any afterRequest?:any comment?:string"),
        ["timings"] = Members("blocked?:phase dns?:phase connect?:phase send:number wait:number receive:number ssl?:phase comment?:string"),
    };

    /// <summary>What is wrong with a text; nothing for an archive.</summary>
    public static List<string> Complaints(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        List<string> complaints = [];
        Check("$", "root", document.RootElement, complaints);
        return complaints;
    }

    private static Dictionary<string, string> Members(string members) =>
        members.Split(' ').Select(member => member.Split(':')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static void Check(string path, string type, JsonElement value, List<string> complaints)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            if (value.ValueKind != JsonValueKind.Array) complaints.Add($"{path} is no array");
            else foreach ((int i, JsonElement item) in value.EnumerateArray().Index()) Check($"{path}[{i}]", type[..^2], item, complaints);
        }
        else if (!Objects.TryGetValue(type, out Dictionary<string, string>? members))
        {
            if (!IsA(type, value)) complaints.Add($"{path} is no {type}: {value.GetRawText()}");
        }
        else if (value.ValueKind != JsonValueKind.Object)
        {
            complaints.Add($"{path} is no object");
        }
        else
        {
            foreach (string name in members.Keys.Where(name => !name.EndsWith('?') && !value.TryGetProperty(name, out _))) complaints.Add($"{path}.{name} is missing");
            foreach (JsonProperty member in value.EnumerateObject())
            {
                if ((members.GetValueOrDefault(member.Name) ?? members.GetValueOrDefault(member.Name + "?")) is { } inner) Check($"{path}.{member.Name}", inner, member.Value, complaints);
                else if (!member.Name.StartsWith('_')) complaints.Add($"{path}.{member.Name} is not of the format");
            }
        }
    }

    private static bool IsA(string type, JsonElement value) => type switch
    {
        "any" => true,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number && value.GetDouble() >= 0,
        "phase" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is -1 or >= 0,
        "date" => DateTimeOffset.TryParseExact(value.GetString(), "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "url" => Uri.TryCreate(value.GetString(), UriKind.Absolute, out Uri? url) && Uri.IsWellFormedUriString(url.OriginalString, UriKind.Absolute),
        "address" => IPAddress.TryParse(value.GetString(), out _),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
