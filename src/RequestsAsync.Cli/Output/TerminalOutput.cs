using System.Text;
using Spectre.Console;

namespace RequestsAsync.Cli;

/// <summary>A terminal as the library for bars and tables sees it: its width is asked for each time, for it may change.</summary>
internal sealed class TerminalOutput(TextWriter writer, Func<int> width) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => true;

    public int Width => width();

    /// <summary>Rows enough for what is drawn: nothing is cut to the height.</summary>
    public int Height => 200;

    /// <summary>A console that knows everything already, and asks nothing of the runtime.</summary>
    /// <param name="writer">Takes what is drawn.</param>
    /// <param name="width">The columns.</param>
    /// <param name="wantsColors">Whether there are colours in it.</param>
    public static IAnsiConsole Open(TextWriter writer, Func<int> width, bool wantsColors) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new TerminalOutput(writer, width),
        Ansi = Environment.GetEnvironmentVariable("TERM") == "dumb" ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = wantsColors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.Yes,
    });

    public void SetEncoding(Encoding encoding)
    {
        // It is UTF-8, whatever the locale says.
    }
}
