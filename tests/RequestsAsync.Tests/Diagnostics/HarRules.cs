using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Tests;

/// <summary>What the HTTP Archive format 1.2 asks of a log.</summary>
internal static class HarRules
{
    private static readonly string[] Optional = ["blocked", "dns", "connect", "ssl"];

    public static void Check(JsonElement root)
    {
        JsonElement log = root.GetProperty("log");
        Assert.Equal("1.2", log.GetProperty("version").GetString());
        CheckStrings(log.GetProperty("creator"), "name", "version");
        DateTimeOffset last = DateTimeOffset.MinValue;
        foreach (JsonElement entry in log.GetProperty("entries").EnumerateArray())
        {
            DateTimeOffset started = Time(entry.GetProperty("startedDateTime"));
            Assert.True(started >= last, "the entries are not in the order of their start");
            last = started;
            CheckRequest(entry.GetProperty("request"));
            CheckResponse(entry.GetProperty("response"));
            Assert.Equal(JsonValueKind.Object, entry.GetProperty("cache").ValueKind);
            CheckTimings(entry);
        }
    }

    private static void CheckRequest(JsonElement request)
    {
        CheckStrings(request, "method", "url", "httpVersion");
        Assert.True(Uri.TryCreate(request.GetProperty("url").GetString(), UriKind.Absolute, out _));
        CheckPairs(request, "cookies");
        CheckPairs(request, "headers");
        CheckPairs(request, "queryString");
        CheckNumbers(request, "headersSize", "bodySize");
        if (!request.TryGetProperty("postData", out JsonElement data)) return;

        CheckStrings(data, "mimeType");
        CheckStrings(data, "text"); // by the letter either text or params; browsers write and read the text beside them
        if (data.TryGetProperty("params", out _)) CheckPairs(data, "params");
    }

    private static void CheckResponse(JsonElement response)
    {
        CheckNumbers(response, "status", "headersSize", "bodySize");
        CheckStrings(response, "statusText", "httpVersion", "redirectURL");
        CheckPairs(response, "headers");
        CheckPairs(response, "cookies");
        foreach (JsonElement cookie in response.GetProperty("cookies").EnumerateArray())
        {
            if (cookie.TryGetProperty("expires", out JsonElement expires)) Time(expires);
        }

        JsonElement content = response.GetProperty("content");
        CheckNumbers(content, "size");
        CheckStrings(content, "mimeType");
        if (content.TryGetProperty("encoding", out JsonElement encoding))
        {
            Assert.Equal("base64", encoding.GetString());
            Assert.Equal(content.GetProperty("size").GetInt32(), content.GetProperty("text").GetBytesFromBase64().Length);
        }
    }

    // The time is the sum of the phases that apply, and that of TLS is a part of connect.
    private static void CheckTimings(JsonElement entry)
    {
        JsonElement timings = entry.GetProperty("timings");
        double sum = 0;
        foreach (string name in (string[])["blocked", "dns", "connect", "send", "wait", "receive"])
        {
            double time = timings.GetProperty(name).GetDouble();
            Assert.True(time >= 0 || (time == -1 && Optional.Contains(name)), $"{name} is {time}");
            sum += Math.Max(time, 0);
        }

        Assert.True(timings.GetProperty("ssl").GetDouble() <= timings.GetProperty("connect").GetDouble());
        Assert.Equal(sum, entry.GetProperty("time").GetDouble(), 3);
    }

    private static void CheckPairs(JsonElement owner, string name)
    {
        foreach (JsonElement pair in owner.GetProperty(name).EnumerateArray())
            CheckStrings(pair, "name", "value");
    }

    private static void CheckStrings(JsonElement owner, params string[] names) => Assert.All(names, name => Assert.Equal(JsonValueKind.String, owner.GetProperty(name).ValueKind));

    private static void CheckNumbers(JsonElement owner, params string[] names) => Assert.All(names, name => Assert.Equal(JsonValueKind.Number, owner.GetProperty(name).ValueKind));

    private static DateTimeOffset Time(JsonElement text) =>
        DateTimeOffset.ParseExact(text.GetString()!, "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
