namespace RequestsAsync.SideBySide;

/// <summary>The small body that is asked for.</summary>
/// <param name="Bytes">How long its text is.</param>
/// <param name="Id">A number.</param>
/// <param name="Name">A text.</param>
/// <param name="Tags">Some texts.</param>
/// <param name="Active">A truth.</param>
/// <param name="Score">A number with a fraction.</param>
internal sealed record Document(int Bytes, int Id, string Name, IReadOnlyList<string> Tags, bool Active, double Score)
{
    /// <summary>Its JSON, which is ASCII.</summary>
    public const string Text = """{"bytes":150,"id":4711,"name":"A document of one hundred and fifty bytes","tags":["bench","small","json","loopback"],"active":true,"score":0.12345678}""";
}
