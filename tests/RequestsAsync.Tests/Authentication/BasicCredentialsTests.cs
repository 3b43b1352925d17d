namespace RequestsAsync.Tests;

public sealed class BasicCredentialsTests
{
    [Theory]
    [InlineData("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")] // RFC 7617 §2
    [InlineData("test", "123\u00a3", "Basic dGVzdDoxMjPCow==")] // RFC 7617 §2.1
    [InlineData("", "", "Basic Og==")]
    [InlineData("a", "b:c", "Basic YTpiOmM=")]
    public void Credentials_are_sent_in_UTF8(string userName, string password, string expected) =>
        Assert.Equal(expected, BasicCredentials.Encode(userName, password));

    [Theory]
    [InlineData("a:b")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("\u0085")]
    public void User_name_that_the_scheme_cannot_carry_is_refused(string userName)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => BasicCredentials.Encode(userName, "hunter2"));
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_credentials_hides_the_password() => Assert.Equal("ada:***", new UserCredentials("ada", "hunter2").ToString());
}
