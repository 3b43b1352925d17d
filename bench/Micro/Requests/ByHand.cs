using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RequestsAsync.Micro;

/// <summary>The least that one can write over the runtime's handlers: the headers first, then the body through a rented buffer.</summary>
internal static class ByHand
{
    public static async Task<string> GetTextAsync(this HttpMessageInvoker invoker, Uri uri, string? cookies = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, uri);
        if (cookies is not null) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        return await invoker.SendForTextAsync(request);
    }

    public static async Task<string> PostJsonAsync<T>(this HttpMessageInvoker invoker, Uri uri, T value, JsonTypeInfo<T> typeInfo)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, uri);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return await invoker.SendForTextAsync(request);
    }

    private static async Task<string> SendForTextAsync(this HttpMessageInvoker invoker, HttpRequestMessage request)
    {
        using HttpResponseMessage response = await invoker.SendAsync(request, CancellationToken.None);
        int length = (int)response.Content.Headers.ContentLength!.Value;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await response.Content.ReadAsStream().ReadExactlyAsync(buffer.AsMemory(0, length));
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task<byte[]> GetBytesAsync(this HttpMessageInvoker invoker, Uri uri)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, uri);
        using HttpResponseMessage response = await invoker.SendAsync(request, CancellationToken.None);
        byte[] body = GC.AllocateUninitializedArray<byte>((int)response.Content.Headers.ContentLength!.Value);
        await response.Content.ReadAsStream().ReadExactlyAsync(body);
        return body;
    }
}
