using System.Text.Json;
using RequestsAsync.Micro;

namespace RequestsAsync.Tests;

/// <summary>What a request allocates stays what was written down: a guard against waste that no other test would see.</summary>
/// <remarks>The answers come at once from memory, so that every call is complete when it returns and its bytes are counted exactly.</remarks>
[Collection(Alone.Name)]
public sealed class AllocationTests : IDisposable
{
    public const string Url = "http://memory.example/api/v1/items/42";

    private const int Rounds = 5;

    private static readonly Uri Uri = new(Url);
    private static readonly Weather Value = new("Marseille", 21.5, 58, "mistral", DateTimeOffset.UnixEpoch);

    private readonly Session _texts = new(new InstantHandler(Answer.Text));
    private readonly Session _objects = new(new InstantHandler(Answer.Json));
    private readonly Session _withCookie = new(new InstantHandler(Answer.Text));
    private readonly HttpMessageInvoker _bareTexts = new(new InstantHandler(Answer.Text));
    private readonly HttpMessageInvoker _bareObjects = new(new InstantHandler(Answer.Json));

    public AllocationTests() => _withCookie.Cookies.Set("sid", "0123456789abcdef", Uri.Host);

    public void Dispose()
    {
        _texts.Dispose();
        _objects.Dispose();
        _withCookie.Dispose();
        _bareTexts.Dispose();
        _bareObjects.Dispose();
    }

    [Fact]
    public void A_text_that_is_awaited() => Check(
        "GetText",
        () => Complete(_texts.GetAsync(Url)).EnsureSuccess().Text.Length,
        () => Complete(_bareTexts.GetTextAsync(Uri)).Length);

    [Fact]
    public void A_text_by_a_blocking_call() => Check(
        "GetTextBlocking",
        () => _texts.Get(Url).EnsureSuccess().Text.Length,
        () => Complete(_bareTexts.GetTextAsync(Uri)).Length);

    [Fact]
    public void An_object_from_JSON() => Check(
        "GetJson",
        () => Complete(_objects.GetAsync(Url)).EnsureSuccess().Json(WeatherContext.Default.Weather).Humidity,
        () => JsonSerializer.Deserialize(Complete(_bareObjects.GetBytesAsync(Uri)), WeatherContext.Default.Weather)!.Humidity);

    [Fact]
    public void Bytes() => Check(
        "GetBytes",
        () => Complete(_texts.GetAsync(Url)).EnsureSuccess().Content.Length,
        () => Complete(_bareTexts.GetBytesAsync(Uri)).Length);

    [Fact]
    public void An_object_sent_as_JSON() => Check(
        "PostJson",
        () => Complete(_texts.PostAsync(Url, new() { Content = Body.FromJson(Value, WeatherContext.Default.Weather) })).EnsureSuccess().Text.Length,
        () => Complete(_bareTexts.PostJsonAsync(Uri, Value, WeatherContext.Default.Weather)).Length);

    [Fact]
    public void A_text_with_a_cookie_sent() => Check(
        "GetWithCookie",
        () => Complete(_withCookie.GetAsync(Url)).EnsureSuccess().Text.Length,
        () => Complete(_bareTexts.GetTextAsync(Uri, "sid=0123456789abcdef")).Length);

    [Fact]
    public void One_of_a_thousand_that_are_gathered() => Check(
        "GatherOfThousand",
        () => AllocationMeter.MeasureTaken(Gather),
        () => AllocationMeter.Measure(() => Complete(_bareTexts.GetBytesAsync(Uri)).Length),
        countObjects: null);

    private void Gather(IEnumerable<string> urls) => Assert.True(_texts.GatherAsync(urls).Wait(TimeSpan.FromSeconds(30)));

    private static void Check(string call, Func<int> own, Func<int> byHand) =>
        Check(call, () => AllocationMeter.Measure(own), () => AllocationMeter.Measure(byHand), () => AllocationMeter.CountObjects(own));

    // What the runtime has not yet compiled to the end may allocate a little more, so the best of a few rounds counts.
    private static void Check(string call, Func<long> own, Func<long> byHand, Func<int>? countObjects)
    {
        AllocationFigure allowed = AllocationFigures.Of(call);
        AllocationFigure now = Measure(call, own, byHand, countObjects);
        for (int i = 1; i < Rounds && !now.IsWithin(allowed); i++)
            now = Measure(call, own, byHand, countObjects);

        TestContext.Current.TestOutputHelper?.WriteLine(now.ToString());
        Assert.True(
            now.IsWithin(allowed),
            $"""
            {call} allocates {now.Total} bytes in {now.Objects} objects for each request, {now.Own} bytes of them this library's own; allowed are {allowed.Total}, {allowed.Objects} and {allowed.Own}.
            Look for what the last change allocates on the path of every request: bench/micro objects lists it by type.
            If it must be, write into {nameof(AllocationFigures)}.{AllocationFigures.Table}: {now}
            """);
    }

    private static AllocationFigure Measure(string call, Func<long> own, Func<long> byHand, Func<int>? countObjects)
    {
        int objects = countObjects?.Invoke() ?? 0; // first: its many calls warm up the others
        long total = own();
        return new(call, total, total - byHand(), objects);
    }

    private static T Complete<T>(Task<T> call)
    {
        Assert.True(call.IsCompletedSuccessfully, "The call went on elsewhere, where its bytes are not counted.");
        return call.Result;
    }
}
