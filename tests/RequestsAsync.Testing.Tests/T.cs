namespace RequestsAsync.Testing.Tests;
public class T { [Fact] public void A() => Assert.NotNull(new HttpBin()); }
