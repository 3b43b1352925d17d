namespace RequestsAsync.Bulk;

/// <summary>How the lines of an input are written.</summary>
public enum InputFormat
{
    /// <summary>The first line that is not empty decides: JSON if it begins with <c>{</c>.</summary>
    Auto,

    /// <summary>A URL on each line. Lines that are empty or begin with <c>#</c> are passed over.</summary>
    Text,

    /// <summary>A JSON object on each line: <c>url</c>, and if need be <c>method</c>, <c>headers</c>, <c>body</c> and <c>meta</c>.</summary>
    JsonLines,
}
