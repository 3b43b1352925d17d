using System.Text;
using BenchmarkDotNet.Attributes;
using Flurl;
using Microsoft.AspNetCore.WebUtilities;

namespace RequestsAsync.Micro;

/// <summary>A URL with three parameters appended, one of which needs escaping.</summary>
public class QueryText
{
    private const string Base = "https://bench.example/search?lang=en";

    private static readonly KeyValuePair<string, string?>[] Pairs = [new("q", "async & await"), new("page", "3"), new("city", "Zürich")];

    [Benchmark(Description = "QueryHelpers", Baseline = true)]
    public Uri Helpers() => new(QueryHelpers.AddQueryString(Base, Pairs));

    [Benchmark(Description = "FormUrlEncodedContent")]
    public async Task<Uri> FormAsync()
    {
        using FormUrlEncodedContent form = new(Pairs!);
        return new($"{Base}&{await form.ReadAsStringAsync()}");
    }

    [Benchmark(Description = "StringBuilder and EscapeDataString")]
    public Uri Builder()
    {
        StringBuilder text = new(Base);
        foreach ((string name, string? value) in Pairs)
            text.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value!));
        return new(text.ToString());
    }

    [Benchmark(Description = Names.Flurl)]
    public Uri Flurl() => Base.AppendQueryParam("q", "async & await").AppendQueryParam("page", "3").AppendQueryParam("city", "Zürich").ToUri();

    [Benchmark(Description = Names.Own)]
    public Uri Own() => RequestUrl.Make(baseAddress: null, Base, new Parameters { ["q"] = "async & await", ["page"] = "3", ["city"] = "Zürich" }).ToUri();
}
