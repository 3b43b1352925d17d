using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Collects text with its colours. Pieces of one shade that follow one another share a control sequence.</summary>
internal sealed class ShadedText(Palette palette)
{
    private readonly StringBuilder _text = new();
    private string? _sequence;

    /// <summary>A name that, with a colon, begins every further line.</summary>
    public string? LinePrefix { get; set; }

    /// <summary>Adds a piece.</summary>
    public ShadedText Add(ReadOnlySpan<char> text, Shade shade = Shade.Plain)
    {
        if (!text.IsEmpty)
        {
            Turn(palette[shade]);
            _text.Append(text);
        }

        return this;
    }

    /// <summary>Adds blanks, which have no colour.</summary>
    public ShadedText AddBlanks(int count)
    {
        _text.Append(' ', count);
        return this;
    }

    /// <summary>Begins a new line; no colour reaches from one line into the next, so that a pager may cut anywhere.</summary>
    public ShadedText EndLine()
    {
        Turn(null);
        _text.Append('\n');
        if (LinePrefix is not null) Add(LinePrefix, Shade.Name).Add(": ", Shade.Punctuation);
        return this;
    }

    /// <summary>The text so far; what is added from here on begins anew.</summary>
    public string Take()
    {
        Turn(null);
        string text = _text.ToString();
        _text.Clear();
        return text;
    }

    private void Turn(string? sequence)
    {
        if (ReferenceEquals(sequence, _sequence)) return;

        if (_sequence is not null) _text.Append(Palette.Reset);
        _text.Append(sequence);
        _sequence = sequence;
    }
}
