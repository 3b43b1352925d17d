using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class UrlPropertyTests
{
    private const int Seed = 20_26;
    private const int Iterations = 200_000;

    private static readonly Url Base = Url.Parse("http://user:pw@base.example:81/a/b/c?d#e");

    [Fact]
    public void Any_text_is_a_URL_or_an_invalid_request() => ForAll(text => UrlLaws.Check(text, Base));

    [Fact]
    public void Any_host_is_valid_or_an_invalid_request() => ForAll(text => UrlLaws.Check($"https://{text}/", Base));

    [Fact]
    public void Any_path_query_and_fragment_is_taken() => ForAll(text =>
    {
        if (!UrlLaws.Check($"https://example.com/{text}", Base)) throw new InvalidOperationException("refused");
    });

    [Fact]
    public void Any_query_and_fragment_can_be_set() => ForAll(text =>
    {
        Url url = Base.WithQuery(text).WithFragment(text);
        if (!Url.Parse(url.Href).Equals(url)) throw new InvalidOperationException(url.Href);
    });

    [Fact]
    public void Rules_throw_nothing_but_invalid_requests() => ForAll(text =>
    {
        try
        {
            UrlRules.CheckForRequest(text);
            if (Base.TryJoin(text, out Url? url)) UrlRules.CheckForRequest(url);
        }
        catch (InvalidRequestException)
        {
            // The one exception that is documented.
        }
    });

    [Fact]
    public void Mutated_URLs_keep_the_laws()
    {
        // More, and others, for a longer search: URL_FUZZ_ITERATIONS and URL_FUZZ_SEED.
        int seed = FromEnvironment("URL_FUZZ_SEED", Seed);
        int iterations = FromEnvironment("URL_FUZZ_ITERATIONS", Iterations);
        UrlMutator mutator = new(seed);
        int accepted = 0;
        for (int i = 0; i < iterations; i++)
        {
            string text = mutator.Next();
            try
            {
                if (UrlLaws.Check(text, Base)) accepted++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {seed}, iteration {i}, text '{Escaped(text)}'", exception);
            }
        }

        Assert.InRange(accepted, iterations / 10, iterations * 9 / 10);
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    private static string Escaped(string text) => string.Concat(text.Select(c => c is > ' ' and < '\u007f' ? c.ToString() : $"\\u{(int)c:x4}"));

    private static void ForAll(Action<string> law) =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => law(text ?? "")).QuickCheckThrowOnFailure();
}
