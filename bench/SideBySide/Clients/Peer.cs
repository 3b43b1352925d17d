namespace RequestsAsync.SideBySide;

/// <summary>A client in this process that asks one URL. Each method asks once and gives the length of the body, in bytes.</summary>
internal abstract class Peer : IDisposable
{
    /// <summary>Asks, and reads the body as text. What is asked for is ASCII, so that its characters are its bytes.</summary>
    public abstract Task<long> GetTextAsync();

    /// <summary>Asks, holding the thread until the answer is here, and reads the body as text.</summary>
    /// <exception cref="NotSupportedException">This client is not compared in that.</exception>
    public virtual long GetText() => throw new NotSupportedException($"{GetType().Name} is not compared in blocking calls.");

    /// <summary>Asks, and reads the body as a <see cref="Document"/>.</summary>
    /// <inheritdoc cref="GetText" path="/exception"/>
    public virtual Task<long> GetJsonAsync() => throw new NotSupportedException($"{GetType().Name} is not compared in reading JSON.");

    /// <summary>Asks, and reads the body as bytes.</summary>
    /// <inheritdoc cref="GetText" path="/exception"/>
    public virtual Task<long> GetBytesAsync() => throw new NotSupportedException($"{GetType().Name} is not compared in reading bytes.");

    /// <summary>Asks, and reads the body piece by piece, keeping none.</summary>
    /// <inheritdoc cref="GetText" path="/exception"/>
    public virtual Task<long> DiscardAsync() => throw new NotSupportedException($"{GetType().Name} is not compared in bodies that are thrown away.");

    /// <summary>Asks, and saves the body as a file, in the place of one that is there.</summary>
    /// <inheritdoc cref="GetText" path="/exception"/>
    public virtual Task<long> DownloadAsync(string file) => throw new NotSupportedException($"{GetType().Name} is not compared in downloads.");

    public abstract void Dispose();
}
