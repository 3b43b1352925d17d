using System.Diagnostics;

namespace RequestsAsync.Cli.Tests;

public sealed class ManPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a-b", @"a\-b")]
    [InlineData(".x\n'y z.", "\\&.x\n\\&\\(aqy z.")]
    [InlineData(@"\", @"\e")]
    public void Roff_reads_text_as_text(string text, string expected) => Assert.Equal(expected, ManPageWriter.Escape(text));

    [Fact]
    public async Task Groff_has_nothing_to_say_about_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/groff"), "There is no groff here.");
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, (await Ran.InProcessAsync("man")).Text, Token);
            using Process checking = Start("-man", "-ww", "-z", file);
            Assert.Equal("", await checking.StandardError.ReadToEndAsync(Token));

            using Process formatting = Start("-man", "-Tascii", "-P-cbou", file);
            string page = await formatting.StandardOutput.ReadToEndAsync(Token);
            foreach (string text in (string[])["NAME", "requests [METHOD] URL", "--print, -p HBhbm", "--debug", "EXIT STATUS", "ENVIRONMENT", "NO_COLOR", "REQUESTS_CONFIG_DIR", "FILES", "~/.config/requests/config.json", "sessions/HOST/NAME.json", "~/.netrc", "requests completion SHELL", "requests bulk work", "--frontier URL", "REQUESTS_FRONTIER", "141"])
                Assert.Contains(text, page, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("/usr/bin/groff", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
