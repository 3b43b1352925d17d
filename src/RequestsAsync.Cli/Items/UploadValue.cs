namespace RequestsAsync.Cli;

/// <summary>The value of <c>name@path;type=…;filename=…</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Type">Its media type; <see langword="null"/> to guess it.</param>
/// <param name="FileName">The name that the server is told; <see langword="null"/> for the file's own.</param>
internal readonly record struct UploadValue(string Path, string? Type, string? FileName)
{
    private const string TypeMark = ";type=";
    private const string NameMark = ";filename=";

    /// <summary>Takes the value apart; the two parts may stand in either order.</summary>
    public static UploadValue Parse(string value)
    {
        int end = FirstMark(value, 0);
        string path = value[..end];
        string? type = null, fileName = null;
        while (end < value.Length)
        {
            int start = end + (IsMark(value, end, TypeMark) ? TypeMark.Length : NameMark.Length);
            int next = FirstMark(value, start);
            if (IsMark(value, end, TypeMark)) type = value[start..next];
            else fileName = value[start..next];
            end = next;
        }

        return new(path, type, fileName);
    }

    private static int FirstMark(string value, int from)
    {
        for (int i = from; i < value.Length; i++)
        {
            if (IsMark(value, i, TypeMark) || IsMark(value, i, NameMark)) return i;
        }

        return value.Length;
    }

    private static bool IsMark(string value, int at, string mark) => string.CompareOrdinal(value, at, mark, 0, mark.Length) == 0;
}
