using System.Text;

namespace RequestsAsync.Tests;

public sealed class ResponseHeadCheckTests
{
    private const string Status = "HTTP/1.1 200 OK\r\n";

    [Theory]
    [InlineData("A: b\0c\r\n", "NUL")]
    [InlineData("A: \0\r\n", "NUL")]
    [InlineData("A: b\rc\r\n", "carriage return")]
    [InlineData("A: b\rB: c\r\n", "carriage return")]
    [InlineData("A: b\r\r\n", "carriage return")]
    [InlineData("\rA: b\r\n", "carriage return")]
    [InlineData("A : b\r\n", "white space")]
    [InlineData("A\t: b\r\n", "white space")]
    [InlineData("Content-Length : 5\r\n", "white space")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n", "not the same")]
    [InlineData("Content-Length: 5\r\nA: b\r\ncontent-length: 6\r\n", "not the same")]
    [InlineData("Content-Length: 030\r\nContent-Length: 30\r\n", "not the same")]
    [InlineData("Content-Length: 5, 6\r\n", "not the same")]
    [InlineData("Content-Length: 5,\r\n", "no number")]
    [InlineData("Content-Length: ,5\r\n", "no number")]
    [InlineData("Content-Length:\r\n", "no number")]
    [InlineData("Content-Length:  \r\nContent-Length: 5\r\n", "no number")]
    [InlineData("Content-Length: +5\r\n", "no number")]
    [InlineData("Content-Length: -5\r\n", "no number")]
    [InlineData("Content-Length: 5s\r\n", "no number")]
    [InlineData("Content-Length: 5 6\r\n", "no number")]
    [InlineData("Content-Length: 5\r\n 6\r\n", "no number")]
    [InlineData("Content-Length: \r6\r\n", "carriage return")]
    [InlineData("Content-Length: 9223372036854775808\r\n", "larger")]
    [InlineData("Content-Length: 99999999999999999999999999\r\n", "larger")]
    [InlineData("Transfer-Encoding: gzip\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: xchunked\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: chunkedchunked\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: chunke\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: \u000Bchunked\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: \"chunked\"\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: chunked;a=b\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: chunked\r\n abc\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding:\r\n", "chunked alone")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: ,\r\n", "chunked alone")]
    public void What_others_may_read_otherwise_is_refused(string fields, string why)
    {
        ProtocolException e = Assert.Throws<ProtocolException>(() => Feed(Status + fields + "\r\n"));
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Throws<ProtocolException>(() => FeedByOne(Status + fields + "\r\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A: b\r\n")]
    [InlineData("A:b\r\nA:\r\nB: \t c \t \r\n")]
    [InlineData("A: b\r\n c\r\n\td\r\n")]
    [InlineData("A: \u0001\u007f\u0080\u00ff\r\n")]
    [InlineData("Content-Length: 5\r\n")]
    [InlineData("Content-Length:\t5\t\r\n")]
    [InlineData("Content-Length:\r\n 5\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 5, 5 ,5\r\n")]
    [InlineData("Content-Length: 9223372036854775807\r\n")]
    [InlineData("Content-Lengt: x\r\nContent-Lengths: x\r\nX-Content-Length: x\r\n")]
    [InlineData("Transfer-Encodin: x\r\nTransfer-Encodings: x\r\nX-Transfer-Encoding: x\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    [InlineData("TRANSFER-ENCODING:,\tCHUNKED ,\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")]
    [InlineData("Transfer-Encoding: identity\r\nContent-Length: 5\r\n")]
    [InlineData("A:: b : c\r\n")]
    public void What_real_servers_send_is_taken(string fields)
    {
        string head = Status + fields + "\r\n";
        Assert.True(Feed(head).HasEnded);
        Assert.True(FeedByOne(head).HasEnded);
        Assert.True(Feed(head.Replace("\r\n", "\n", StringComparison.Ordinal)).HasEnded);
        Assert.False(Feed(head[..^1]).HasEnded);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", true)]
    [InlineData("Transfer-Encoding: bogus\r\nContent-Length: 5\r\n", true)]
    [InlineData("Transfer-Encoding: bogus, chunked\r\n", false)]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", false)]
    public void HTTP_1_0_has_no_transfer_codings(string fields, bool isTaken)
    {
        string head = "HTTP/1.0 200 OK\r\n" + fields + "\r\n";
        if (isTaken) Assert.True(FeedByOne(head).HasEnded);
        else Assert.Throws<ProtocolException>(() => FeedByOne(head));
    }

    [Theory]
    [InlineData("HTTP/1.1 200\r\n\r\n")]
    [InlineData("HTTP/1.0 404 \r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 100\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")]
    public void The_head_of_the_final_response_ends_it(string heads)
    {
        Assert.True(Feed(heads + "a body\0 with \r all").HasEnded);
        Assert.True(FeedByOne(heads + "a body\0 with \r all").HasEnded);
        Assert.False(Feed(heads[..^1]).HasEnded);
    }

    [Fact]
    public void The_head_after_an_interim_one_is_looked_at() =>
        Assert.Throws<ProtocolException>(() => Feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: \0\r\n\r\n"));

    [Fact]
    public void The_next_response_has_a_length_of_its_own()
    {
        ResponseHeadCheck check = Feed(Status + "Content-Length: 5\r\n\r\n");
        check.Restart();
        Assert.False(check.HasEnded);

        check.Feed(Encoding.Latin1.GetBytes(Status + "Content-Length: 6\r\n\r\n"));

        Assert.True(check.HasEnded);
    }

    [Fact]
    public void It_allocates_nothing()
    {
        byte[] head = Encoding.Latin1.GetBytes(Status + "Server: x\r\nContent-Length: 12345\r\nContent-Type: text/plain\r\nSet-Cookie: a=b\r\n\r\n");
        ResponseHeadCheck check = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            check.Restart();
            check.Feed(head);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ResponseHeadCheck Feed(string text)
    {
        ResponseHeadCheck check = new();
        check.Feed(Encoding.Latin1.GetBytes(text));
        return check;
    }

    private static ResponseHeadCheck FeedByOne(string text)
    {
        ResponseHeadCheck check = new();
        foreach (char c in text) check.Feed([(byte)c]);
        return check;
    }
}
