using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class ChallengeParserTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" , ,, ", "")]
    [InlineData("Basic realm=\"a\"", "Basic realm=a")]
    [InlineData("Basic", "Basic")]
    [InlineData("Basic realm=a", "Basic realm=a")]
    [InlineData("Basic realm = \"a\" , charset=\"UTF-8\"", "Basic realm=a charset=UTF-8")]
    [InlineData("Basic realm=\"a\", Digest realm=\"b\", nonce=n", "Basic realm=a|Digest realm=b nonce=n")]
    [InlineData("Negotiate, Basic realm=\"a\"", "Negotiate|Basic realm=a")]
    [InlineData("Negotiate YWJj==, Basic realm=a", "Negotiate <YWJj==>|Basic realm=a")]
    [InlineData("NTLM TlRM/+-._~", "NTLM <TlRM/+-._~>")]
    [InlineData("Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"", "Newauth realm=apps type=1 title=Login to \"apps\"|Basic realm=simple")]
    [InlineData("Basic realm=\"a,b=c, Digest x\"", "Basic realm=a,b=c, Digest x")]
    [InlineData("Basic realm=\"\\\\\\a\"", "Basic realm=\\a")]
    [InlineData("Digest realm=\"a\" nonce=\"n\"", "Digest realm=a nonce=n")]
    public void Field_is_read(string field, string expected) => Assert.Equal(expected, Show(ChallengeParser.Parse(field)));

    [Theory]
    [InlineData("Digest realm=a b c, nonce=n", "Digest realm=a nonce=n")]
    [InlineData("realm=\"nobody's\", Basic realm=a", "Basic realm=a")]
    [InlineData("\"junk, Digest x\", Basic realm=a", "Basic realm=a")]
    [InlineData("=, ;@, Basic realm=a", "Basic realm=a")]
    [InlineData("Basic realm=a, Digest realm=\"never closed", "Basic realm=a")]
    [InlineData("Basic realm=a, Digest realm=\"never closed\\", "Basic realm=a")]
    [InlineData("\"never closed, Basic realm=a", "")]
    public void Damage_is_passed_over_and_what_stands_around_it_is_kept(string field, string expected) =>
        Assert.Equal(expected, Show(ChallengeParser.Parse(field)));

    [Fact]
    public void Several_values_of_the_field_are_one_list() =>
        Assert.Equal("Basic realm=a|Digest realm=b", Show(ChallengeParser.Parse(["Basic realm=a", "Digest realm=b"])));

    [Fact]
    public void Parameters_do_not_reach_over_to_the_next_value_of_the_field() =>
        Assert.Equal("Basic", Show(ChallengeParser.Parse(["Basic", "realm=a"])));

    [Fact]
    public void Names_have_no_case_and_the_first_of_two_counts()
    {
        Challenge challenge = ChallengeParser.Parse("bAsIc REALM=a, realm=b")[0];
        Assert.True(challenge.Is("Basic"));
        Assert.Equal("a", challenge.Find("Realm"));
        Assert.Null(challenge.Find("nonce"));
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll(Fragments.Of("Basic", "Digest", "realm", "=", "\"", "\\", ",", " ", "\t", "a==", "é", "\0"), text => ChallengeParser.Parse(text) is not null)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_quoted_value_comes_back() =>
        Prop.ForAll<NonNull<string>>(value =>
        {
            string quoted = value.Get.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            List<Challenge> challenges = ChallengeParser.Parse($"Basic realm=\"{quoted}\", Digest nonce=n");
            return challenges.Count == 2 && challenges[0].Find("realm") == value.Get;
        }).QuickCheckThrowOnFailure();

    private static string Show(List<Challenge> challenges) => string.Join('|', challenges.Select(challenge =>
        challenge.Scheme
        + (challenge.Token68 is null ? "" : $" <{challenge.Token68}>")
        + string.Concat(challenge.Parameters.Select(parameter => $" {parameter.Key}={parameter.Value}"))));
}
