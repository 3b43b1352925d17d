using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Where the command reads and writes.</summary>
/// <remarks>Output is UTF-8 whatever the locale says, and never waits in a buffer: what was printed before a Ctrl-C is there.</remarks>
internal sealed class StandardStreams : IDisposable
{
    /// <summary>The columns where nobody tells how many there are.</summary>
    public const int UsualWidth = 80;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Func<Stream> _openInput;

    /// <param name="output">Takes bytes and text.</param>
    /// <param name="error">Takes what is not part of the result.</param>
    /// <param name="openInput">Opens the input, when it is asked for.</param>
    /// <param name="isTerminal">Whether the output is read by a person.</param>
    public StandardStreams(Stream output, Stream error, Func<Stream> openInput, bool isTerminal)
    {
        Output = output;
        Text = new StreamWriter(output, Utf8) { AutoFlush = true, NewLine = "\n" };
        Error = new StreamWriter(error, Utf8) { AutoFlush = true, NewLine = "\n" };
        _openInput = openInput;
        IsTerminal = isTerminal;
        WantsColors = ColorPolicy.WantsColors(isTerminal, Environment.GetEnvironmentVariable);
    }

    /// <summary>The columns of the terminal, or <see langword="null"/> where nobody tells.</summary>
    public Func<int?> Columns { get; init; } = static () => null;

    /// <summary>The output, for bytes.</summary>
    public Stream Output { get; }

    /// <summary>The output, for text.</summary>
    public TextWriter Text { get; }

    public TextWriter Error { get; }

    /// <summary>Whether the output is a terminal, which obeys the control characters it is sent.</summary>
    public bool IsTerminal { get; }

    /// <summary>Whether the error stream is one.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether the error stream is coloured.</summary>
    public bool WantsErrorColors => ColorPolicy.WantsColors(IsErrorTerminal, Environment.GetEnvironmentVariable);

    /// <summary>Whether the input is a terminal, where somebody can be asked.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether the output is coloured unless the command line says otherwise.</summary>
    public bool WantsColors { get; init; }

    /// <summary>The columns that text for a person has.</summary>
    public int Width => Columns() ?? UsualWidth;

    /// <summary>The columns that the output has: no limit where it is no terminal.</summary>
    public int TextWidth => IsTerminal ? Width : int.MaxValue;

    /// <summary>The streams of this process.</summary>
    public static StandardStreams OfProcess()
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected) Console.OutputEncoding = Utf8;
        StandardStreams streams = OperatingSystem.IsWindows()
            ? Open(Console.OpenStandardOutput(), Console.OpenStandardError())
            : Open(new DescriptorStream(DescriptorStream.Output), new DescriptorStream(DescriptorStream.Error));

        // Where a library looks at the console's own writers, it gets these, and the runtime leaves the terminal alone.
        Console.SetOut(streams.Text);
        Console.SetError(streams.Error);
        return streams;
    }

    private static StandardStreams Open(Stream output, Stream error) => new(output, error, StandardInput.Open, !Console.IsOutputRedirected)
    {
        Columns = TerminalSize.Columns,
        IsErrorTerminal = !Console.IsErrorRedirected,
        IsInputTerminal = !Console.IsInputRedirected,
    };

    /// <summary>The input, for bytes.</summary>
    public Stream OpenInput() => _openInput();

    /// <summary>The input, for text.</summary>
    public TextReader OpenInputText() => new StreamReader(_openInput(), Utf8);

    public void Dispose()
    {
        Text.Dispose();
        Error.Dispose();
    }
}
