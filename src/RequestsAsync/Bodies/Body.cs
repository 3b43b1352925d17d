using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RequestsAsync;

/// <summary>The content of a request: bytes, text, a stream, an asynchronous stream, or JSON.</summary>
/// <remarks>
/// Byte arrays, strings and streams convert by themselves: <c>Content = "text"</c>, <c>Content = File.OpenRead(path)</c>.
/// A <c>Content-Type</c> header of the request wins over the one given here.
/// </remarks>
public abstract class Body
{
    private protected Body(string? contentType) => ContentType = contentType;

    /// <summary>What is sent as <c>Content-Type</c>, or <see langword="null"/> for none.</summary>
    public string? ContentType { get; }

    /// <summary>The number of bytes, or <see langword="null"/> when it is not known before it is sent (chunked then, RFC 9112 §7.1).</summary>
    public abstract long? Length { get; }

    /// <summary>Whether the content can be sent a second time, as a redirect, a retry or a 401 may need.</summary>
    public abstract bool CanReplay { get; }

    /// <summary>Whether the content can be written without ever waiting on a task, as the blocking verbs need.</summary>
    internal virtual bool CanWriteBlocking => true;

    /// <summary>Whether the content was sent and cannot be sent again.</summary>
    internal virtual bool IsSpent => false;

    /// <summary>Bytes as they are.</summary>
    /// <param name="content">The bytes; they are not copied, so leave them alone until the request has ended.</param>
    /// <param name="contentType">The media type, or <see langword="null"/> to send none.</param>
    public static Body FromBytes(ReadOnlyMemory<byte> content, string? contentType = null) => new BytesBody(content, contentType);

    /// <summary>A text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="contentType">The media type.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static Body FromText(string text, string? contentType = "text/plain; charset=utf-8")
    {
        ArgumentNullException.ThrowIfNull(text);
        return new BytesBody(Encoding.UTF8.GetBytes(text), contentType);
    }

    /// <summary>A stream, read from where it stands to its end while it is sent; it is never held in memory as a whole.</summary>
    /// <param name="stream">The stream. It stays open: who opened it closes it.</param>
    /// <param name="contentType">The media type, or <see langword="null"/> to send none.</param>
    /// <remarks>A stream that can seek has a known length and can be replayed; any other is sent chunked, and once.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is <see langword="null"/>.</exception>
    public static Body FromStream(Stream stream, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new StreamBody(stream, contentType);
    }

    /// <summary>Pieces that come one after another, sent as they come (chunked), and once: they are never replayed.</summary>
    /// <param name="chunks">The pieces. Each must stay as it is until the next is asked for.</param>
    /// <param name="contentType">The media type, or <see langword="null"/> to send none.</param>
    /// <remarks>Only for the awaited verbs: a blocking verb refuses it with an <see cref="InvalidRequestException"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="chunks"/> is <see langword="null"/>.</exception>
    public static Body FromAsyncStream(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return new AsyncStreamBody(chunks, contentType);
    }

    /// <summary>A value as JSON, by source-generated metadata: safe for trimming and native AOT.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="typeInfo">Its metadata, from a <c>JsonSerializerContext</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="typeInfo"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidRequestException">The value cannot be written as JSON.</exception>
    public static Body FromJson<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return JsonBody.Guard(() => JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));
    }

    /// <summary>A value as compact JSON in UTF-8, by reflection.</summary>
    /// <param name="value">The value; <see langword="null"/> is sent as <c>null</c>.</param>
    /// <param name="options">How to write it; <see cref="JsonDefaults.Options"/> when <see langword="null"/>.</param>
    /// <exception cref="InvalidRequestException">The value cannot be written as JSON, a <see cref="double.NaN"/> for example.</exception>
    [RequiresUnreferencedCode(JsonDefaults.ReflectionMessage)]
    [RequiresDynamicCode(JsonDefaults.ReflectionMessage)]
    public static Body FromJson(object? value, JsonSerializerOptions? options = null) =>
        JsonBody.Guard(() => JsonSerializer.SerializeToUtf8Bytes(value, value?.GetType() ?? typeof(object), options ?? JsonDefaults.Options));

    /// <summary>Bytes as they are, without a <c>Content-Type</c>.</summary>
    /// <param name="content">The bytes.</param>
    public static implicit operator Body?(byte[]? content) => content is null ? null : FromBytes(content);

    /// <summary>Bytes as they are, without a <c>Content-Type</c>.</summary>
    /// <param name="content">The bytes.</param>
    public static implicit operator Body(ReadOnlyMemory<byte> content) => FromBytes(content);

    /// <summary>A text in UTF-8, as <c>text/plain; charset=utf-8</c>.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator Body?(string? text) => text is null ? null : FromText(text);

    /// <summary>A stream, without a <c>Content-Type</c>.</summary>
    /// <param name="stream">The stream.</param>
    public static implicit operator Body?(Stream? stream) => stream is null ? null : FromStream(stream);

    /// <summary>For content that can be read only once: sent again it would be silently empty.</summary>
    private protected static BodyConsumedException SentTwice() =>
        new("the content came from a stream that can be read only once, and it is sent a second time. Give a stream that can seek, or bytes.");

    /// <summary>Writes the content; called once for each time the request is put on the network.</summary>
    internal abstract void WriteTo(Stream target, CancellationToken cancellationToken);

    /// <inheritdoc cref="WriteTo"/>
    internal abstract ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken);
}
