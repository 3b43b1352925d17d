namespace RequestsAsync.Tests;

public sealed class PublicSuffixListTests
{
    private const string Rules = """
        // a comment
        com
        co.uk   trailing words are no part of a rule

        *.wild
        !free.wild
        both.test
        *.both.test
        deep.down.in.test
        公司.cn
        """;

    private static readonly PublicSuffixList List = PublicSuffixList.Parse(Rules);

    [Theory]
    [InlineData("com", true)]
    [InlineData("COM", true)]
    [InlineData("com.", true)]
    [InlineData("example.com", false)]
    [InlineData("uk", true)] // by no rule: every name of one label
    [InlineData("co.uk", true)]
    [InlineData("unknown", true)]
    [InlineData("a.unknown", false)]
    [InlineData("wild", true)]
    [InlineData("any.wild", true)]
    [InlineData("a.any.wild", false)]
    [InlineData("free.wild", false)]
    [InlineData("both.test", true)]
    [InlineData("a.both.test", true)]
    [InlineData("b.a.both.test", false)]
    [InlineData("down.in.test", false)]
    [InlineData("deep.down.in.test", true)]
    [InlineData("xn--55qx5d.cn", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData(".com", false)]
    public void Rules_wildcards_and_exceptions(string name, bool expected) => Assert.Equal(expected, List.IsPublicSuffix(name));

    [Theory]
    [InlineData("www.example.com", "example.com")]
    [InlineData("example.com", "example.com")]
    [InlineData("com", "")]
    [InlineData("x.free.wild", "free.wild")]
    [InlineData("free.wild", "free.wild")]
    [InlineData("x.y.any.wild", "y.any.wild")]
    [InlineData("a.down.in.test", "in.test")]
    [InlineData("a.b.deep.down.in.test", "b.deep.down.in.test")]
    [InlineData(".example.com", "")]
    [InlineData("", "")]
    public void The_registrable_domain_is_one_label_more(string name, string expected) =>
        Assert.Equal(expected, List.RegistrableDomain(name).ToString());

    [Theory]
    [InlineData("com", true)]
    [InlineData("github.io", true)]
    [InlineData("anything.ck", true)]
    [InlineData("www.ck", false)]
    [InlineData("xn--fiqs8s", true)]
    [InlineData("0.bg", true)] // the first and the last line of the resource
    [InlineData("zuerich", true)]
    [InlineData("example.com", false)]
    public void The_embedded_list_has_both_sections(string name, bool expected) =>
        Assert.Equal(expected, PublicSuffixList.Embedded.IsPublicSuffix(name));

    [Fact]
    public void Every_rule_of_the_embedded_list_is_found()
    {
        using Stream resource = typeof(PublicSuffixList).Assembly.GetManifestResourceStream("PublicSuffixes.txt")!;
        using StreamReader reader = new(resource);
        string[] rules = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '/')];

        Assert.True(rules.Length > 9000);
        Assert.All(rules, rule =>
        {
            string name = rule.TrimEnd('*', '+', '!');
            Assert.Equal(rule[^1] != '!', PublicSuffixList.Embedded.IsPublicSuffix(rule[^1] is '*' ? $"any.{name}" : name));
        });
    }
}
