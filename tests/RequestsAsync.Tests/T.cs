namespace RequestsAsync.Tests;
public class T { [Fact] public void A() => Assert.NotNull(new Request()); }
