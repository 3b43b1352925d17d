using System.Text.RegularExpressions;

namespace RequestsAsync.Testing.Tests;

public sealed partial class RerecordingTests : IDisposable
{
    private readonly CassetteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_has_not_changed_stays_as_it_was()
    {
        await RecordAsync(day: 1, "a", "b", "c");
        string first = _folder.Text;
        await RecordAsync(day: 2, "a", "b", "c");
        Assert.Equal(first, _folder.Text);
        await RecordAsync(day: 3, "c", "a", "b"); // another order of the same requests
        Assert.Equal(first, _folder.Text);
    }

    [Fact]
    public async Task A_changed_entry_changes_in_its_place_and_new_ones_follow()
    {
        await RecordAsync(day: 1, "a", "b", "c");
        await RecordAsync(day: 2, "new", "a", "b=changed", "c");
        Assert.Equal(["a 02", "b 03", "c 02", "new 03"], Entries());
        await RecordAsync(day: 3, "c", "b=changed");
        Assert.Equal(["b 03", "c 02"], Entries());
    }

    [Fact]
    public async Task The_file_is_for_people_and_ends_with_a_line()
    {
        await RecordAsync(day: 1, "a=für <b>");
        Assert.Contains("\n          \"method\": \"GET\",\n", _folder.Text, StringComparison.Ordinal);
        Assert.Contains("für <b>", _folder.Text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", _folder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', _folder.Text);
    }

    private async Task RecordAsync(int day, params string[] requests)
    {
        ManualTime time = new();
        time.Advance(TimeSpan.FromDays(day));
        Dictionary<string, string> texts = requests.ToDictionary(request => request.Split('=')[0], request => request, StringComparer.Ordinal);
        MockTransport origin = new(time); // a server with a clock
        origin.On("GET", "*").Reply(call =>
        {
            time.Advance(TimeSpan.FromSeconds(day)); // each recording takes its own time
            return Reply.Text(texts[call.Url.Path[1..]]);
        });
        using HttpClient client = new(_folder.Record(origin, new() { TimeProvider = time }));
        foreach (string request in requests) await client.GetStringAsync(new Uri("http://h/" + request.Split('=')[0]), Token);
    }

    // The path and the day of each entry.
    private IEnumerable<string> Entries()
    {
        string[] days = [.. Started().Matches(_folder.Text).Select(match => match.Groups["day"].Value)];
        string[] paths = [.. Url().Matches(_folder.Text).Select(match => match.Groups["path"].Value)];
        return paths.Zip(days, (path, day) => $"{path} {day}");
    }

    [GeneratedRegex("\"startedDateTime\": \"1970-01-(?<day>\\d\\d)", RegexOptions.None, 1000)]
    private static partial Regex Started();

    [GeneratedRegex("\"url\": \"http://h/(?<path>\\w+)\"", RegexOptions.None, 1000)]
    private static partial Regex Url();
}
