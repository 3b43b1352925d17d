namespace RequestsAsync.Cli.Tests;

public sealed class ColorPolicyTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false, "NO_COLOR=1")]
    [InlineData(true, true, "NO_COLOR=")]
    [InlineData(true, false, "TERM=dumb")]
    [InlineData(true, true, "TERM=xterm")]
    [InlineData(true, false, "CLICOLOR=0")]
    [InlineData(false, true, "CLICOLOR_FORCE=1")]
    [InlineData(false, false, "CLICOLOR_FORCE=0")]
    [InlineData(true, true, "CLICOLOR_FORCE=1", "TERM=dumb")]
    [InlineData(true, false, "CLICOLOR_FORCE=1", "NO_COLOR=1")]
    public void The_environment_decides(bool isTerminal, bool expected, params string[] variables)
    {
        Dictionary<string, string> environment = variables.Select(static text => text.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1]);

        Assert.Equal(expected, ColorPolicy.WantsColors(isTerminal, environment.GetValueOrDefault));
    }
}
