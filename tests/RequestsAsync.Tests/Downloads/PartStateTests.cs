using System.Text;

namespace RequestsAsync.Tests;

public sealed class PartStateTests
{
    private static readonly PartState State = new() { Source = "ab", Validator = new("ETag", "\"x\""), Length = 100, Done = [new(0, 10), new(20, 100)] };

    [Fact]
    public void What_is_written_is_read()
    {
        PartState? read = PartState.Read(State.Write());

        Assert.Equal((State.Source, State.Validator, State.Length), (read!.Source, read.Validator, read.Length));
        Assert.Equal(State.Done, read.Done);
    }

    [Fact]
    public void A_torn_state_is_none()
    {
        byte[] whole = State.Write();
        for (int length = 0; length < whole.Length - 2; length++)
            Assert.Null(PartState.Read(whole.AsMemory(0, length)));
    }

    [Theory]
    [InlineData("""{"version":1,"urlSha256":"a","done":[-1,5]}""")]
    [InlineData("""{"version":1,"urlSha256":"a","done":[5,5]}""")]
    [InlineData("""{"version":1,"urlSha256":"a","length":4,"done":[0,5]}""")]
    [InlineData("""{"version":1,"urlSha256":"a","done":["0",5]}""")]
    [InlineData("""{"version":1,"urlSha256":"a","ETag":"W/\"x\"","done":[]}""")]
    [InlineData("""{"version":1,"urlSha256":"a","ETag":"\"x\"\r\nX: y","done":[]}""")]
    [InlineData("""{"version":1,"urlSha256":"a","Last-Modified":"yesterday","done":[]}""")]
    [InlineData("""{"version":1,"urlSha256":null,"done":[]}""")]
    [InlineData("""{"version":1,"done":[]}""")]
    [InlineData("""{"version":99999999999,"done":[]}""")]
    [InlineData("7")]
    public void What_cannot_be_is_none(string text) => Assert.Null(PartState.Read(Encoding.UTF8.GetBytes(text)));
}
