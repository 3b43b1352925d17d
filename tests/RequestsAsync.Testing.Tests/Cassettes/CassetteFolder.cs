namespace RequestsAsync.Testing.Tests;

/// <summary>A folder for the cassettes of one test.</summary>
internal sealed class CassetteFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cassette-");

    internal string File => Path.Combine(_folder.FullName, "deep", "a.har");

    internal string[] Files => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Name)];

    internal string Text => System.IO.File.ReadAllText(File);

    internal Cassette Record(HttpMessageHandler? inner = null, CassetteOptions? options = null) => Open(CassetteMode.Record, inner, options);

    /// <summary>Records what a network would bring that answers everything so.</summary>
    internal Cassette Record(Reply reply, CassetteOptions? options = null) => Record(_ => reply, options);

    internal Cassette Record(Func<MockCall, Reply> reply, CassetteOptions? options = null)
    {
        MockTransport network = new();
        network.On("*", "*").Reply(reply);
        return Record(network, options);
    }

    /// <summary>A text of a type, in UTF-8.</summary>
    internal static Reply Typed(string text, string type) => Reply.Text(text).WithHeader("Content-Type", $"{type}; charset=utf-8");

    internal Cassette Replay(CassetteOptions? options = null) => Open(CassetteMode.Replay, null, options);

    internal Cassette Open(CassetteMode mode, HttpMessageHandler? inner = null, CassetteOptions? options = null)
    {
        Cassette cassette = new(File, mode, options ?? new());
        if (inner is not null) cassette.InnerHandler = inner;
        return cassette;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
