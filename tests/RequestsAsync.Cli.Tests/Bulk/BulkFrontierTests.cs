namespace RequestsAsync.Cli.Tests;

/// <summary>The commands for a job in a database, as far as they need none. The frontier itself is tested where it is made.</summary>
public sealed class BulkFrontierTests
{
    private const string Password = "cli-secret-3Wm";

    [Theory]
    [InlineData("--job NAME", "bulk", "work", "--frontier", "postgres://user@127.0.0.1:1/db")]
    [InlineData("--job NAME", "bulk", "cancel", "--frontier", "postgres://user@127.0.0.1:1/db")]
    [InlineData("-o FILE", "bulk", "export", "--job", "j", "--frontier", "postgres://user@127.0.0.1:1/db")]
    [InlineData("REQUESTS_FRONTIER", "bulk", "status")]
    [InlineData("cannot be read", "bulk", "submit", "/nowhere/urls.txt", "--job", "j", "--frontier", "postgres://user@127.0.0.1:1/db")]
    [InlineData("--body file is for", "bulk", "work", "--job", "j", "--body", "file", "--frontier", "postgres://user@127.0.0.1:1/db")]
    public async Task What_makes_no_sense_is_told(string message, params string[] arguments)
    {
        await using CommandProcess command = CommandProcess.Start(arguments);
        Ran ran = await command.EndAsync();

        Assert.NotEqual(0, ran.Code);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://user:" + Password + "@127.0.0.1:1/db?colour=blue")]
    [InlineData("Host=127.0.0.1;Password=" + Password + ";Colour=blue")]
    [InlineData(Password)]
    public async Task The_password_is_not_printed(string address)
    {
        await using CommandProcess command = CommandProcess.Start("bulk", "status", "--debug", "--frontier", address);
        Ran ran = await command.EndAsync();

        Assert.Equal(1, ran.Code);
        Assert.Contains("The address of the database cannot be read", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, ran.Error + ran.Output, StringComparison.Ordinal);
    }
}
