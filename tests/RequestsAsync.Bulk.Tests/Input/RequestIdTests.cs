using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync.Bulk.Tests;

public sealed class RequestIdTests
{
    [Fact]
    public void It_is_the_start_of_a_hash_over_method_url_and_content()
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes("POST\nhttps://example.org/a\nbody"));

        Assert.Equal(Convert.ToHexStringLower(hash)[..32], RequestId.Of("POST", "https://example.org/a", "body"u8).ToString());
    }

    [Fact]
    public void A_long_request_has_one_as_well()
    {
        string url = "https://example.org/" + new string('a', 100_000);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"GET\n{url}\n"));

        Assert.Equal(Convert.ToHexStringLower(hash)[..32], RequestId.Of("GET", url, []).ToString());
    }

    [Fact]
    public void Parts_do_not_run_into_one_another() =>
        Assert.NotEqual(RequestId.Of("GET", "https://example.org/a", "b"u8), RequestId.Of("GET", "https://example.org/ab", []));

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        RequestId id = RequestId.Of("GET", "https://example.org/", []);

        Assert.True(RequestId.TryParse(id.ToString(), out RequestId read));
        Assert.Equal(id, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("zz000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000")]
    public void Anything_else_is_none(string text) => Assert.False(RequestId.TryParse(text, out _));
}
