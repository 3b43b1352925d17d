using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The tables that concern the parameters of a query.</summary>
internal static class QueryTables
{
    public static Dictionary<string, Func<string, JsonElement, CaseResult>> Judges { get; } = new(StringComparer.Ordinal)
    {
        ["test_queryparams"] = JudgeSource,
        ["test_params_are_added_before_fragment"] = JudgeAppended,
        ["test_parameters_for_nonstandard_schemes"] = JudgeParameters,
    };

    /// <summary>Every spelling of a source must give the same query: its pairs in order, a list's name repeated.</summary>
    private static CaseResult JudgeSource(string id, JsonElement row)
    {
        if (row.ValueKind == JsonValueKind.String)
        {
            string query = row.GetString()!;
            return CaseResult.Equal(id, query, RequestUrl.Parse("http://host.invalid/?" + query).Query);
        }

        Parameters parameters = Read(row);
        string expected = string.Join('&', parameters.SelectMany(parameter => parameter.Value.Select(value => $"{parameter.Key}={value}")));
        return CaseResult.Equal(id, expected, RequestUrl.Encode(parameters));
    }

    // The test's own parameter, which the table does not hold, is a=b.
    private static CaseResult JudgeAppended(string id, JsonElement row) =>
        UrlTables.Compare(id, PythonValue.Text(row[0]), PythonValue.Text(row[1]), typed => RequestUrl.Make(null, typed, new() { ["a"] = "b" }));

    private static CaseResult JudgeParameters(string id, JsonElement row) =>
        UrlTables.Compare(id, PythonValue.Text(row[0]), PythonValue.Text(row[2]), typed => RequestUrl.Make(null, typed, Read(row[1])));

    private static Parameters Read(JsonElement source)
    {
        Parameters parameters = [];
        if (source.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in source.EnumerateObject())
                parameters.Add(member.Name, Values(member.Value));
        }
        else
        {
            foreach (JsonElement pair in source.EnumerateArray())
                parameters.Add(PythonValue.Text(pair[0]), Values(pair[1]));
        }

        return parameters;
    }

    private static ParameterValue Values(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? ParameterValue.From(value.EnumerateArray().Select(PythonValue.Text))
        : PythonValue.Text(value);
}
