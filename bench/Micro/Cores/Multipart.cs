using BenchmarkDotNet.Attributes;

namespace RequestsAsync.Micro;

/// <summary>A form of two fields and one file of 64 KiB, made and written.</summary>
public class Multipart
{
    private static readonly byte[] File = new byte[64 << 10];

    [Benchmark(Description = "MultipartFormDataContent", Baseline = true)]
    public async Task<long?> RuntimeAsync()
    {
        using MultipartFormDataContent form = [];
        form.Add(new StringContent("Ana"), "name");
        form.Add(new StringContent("Zürich"), "city");
        form.Add(new ByteArrayContent(File), "photo", "photo.png");
        await form.CopyToAsync(Stream.Null);
        return form.Headers.ContentLength;
    }

    [Benchmark(Description = Names.Own)]
    public async Task<long?> OwnAsync()
    {
        Parameters fields = new() { ["name"] = "Ana", ["city"] = "Zürich" };
        FileParts files = new() { ["photo"] = Upload.FromBytes(File, "photo.png") };
        MultipartBody form = MultipartBody.Make(boundary: null, fields, files);
        await form.WriteToAsync(Stream.Null, CancellationToken.None);
        return form.Length;
    }
}
