namespace RequestsAsync.Tests;

public sealed class StepNameTests
{
    [Theory]
    [InlineData("Program", "<BackgroundAsync>d__0", "Program.BackgroundAsync")]
    [InlineData("My.App.Program", "<<<Main>$>g__BackgroundAsync|0_1>d", "Program.BackgroundAsync")]
    [InlineData("Program+<>c", "<<<Main>$>b__0_0>d", "Program.Main (lambda)")]
    [InlineData("Program+<>c__DisplayClass0_0", "<Run>b__1", "Program.Run (lambda)")]
    [InlineData("A.Outer+Inner`1[[System.Int32, X]]", "RunAsync", "Inner.RunAsync")]
    [InlineData("", "<M>d__1", "M")]
    [InlineData("A.B", "", "B")]
    [InlineData("A.B", "<odd", "B.<odd")]
    public void Compiler_names_become_readable(string type, string method, string expected) =>
        Assert.Equal(expected, StepName.Readable(type, method));
}
