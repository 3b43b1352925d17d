using System.Text;

namespace RequestsAsync.Tests;

public sealed class Sha512T256Tests
{
    // FIPS 180-4's examples, and lengths at which padding spills into a block of its own (values of OpenSSL).
    [Theory]
    [InlineData("", 1, "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData("abc", 1, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")]
    [InlineData(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        1,
        "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a")]
    [InlineData("a", 111, "0239e429f98d0ed61ee8e2a7c30afe98c1c3a80ce5dff62a107e9c538f7632ce")]
    [InlineData("a", 112, "9216b5303edb66504570bee90e48ea5beaa5e9fe9f760bbd3e0460559fc005f6")]
    [InlineData("a", 127, "2fe3b2a6ee7e12f6fe4ba82166541ad9b4ed882c493581cbe300d68f3757b778")]
    [InlineData("a", 128, "b88f97e274f9c1d49f181c8cbd01a9c74930ad055a46ac4499a1d601f1c80bf2")]
    [InlineData("a", 129, "fb9035c9009ed4a60e37510339ebdb1c771339f30aa581d5dea3690a524c23f1")]
    [InlineData("a", 1_000_000, "9a59a052930187a97038cae692f30708aa6491923ef5194394dc68d56c74fb21")]
    public void Known_digests(string text, int times, string expected)
    {
        byte[] data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
        using Sha512T256 hash = new();
        Assert.Equal(expected, Convert.ToHexStringLower(hash.ComputeHash(data)));
    }

    [Fact]
    public void Pieces_of_any_length_hash_as_the_whole()
    {
        byte[] data = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        using Sha512T256 hash = new();
        string whole = Convert.ToHexStringLower(hash.ComputeHash(data));
        for (int piece = 1; piece < 300; piece += 7)
        {
            // The same instance again: it must start anew.
            foreach (byte[] chunk in data.Chunk(piece))
                hash.TransformBlock(chunk, 0, chunk.Length, null, 0);
            hash.TransformFinalBlock([], 0, 0);
            Assert.Equal(whole, Convert.ToHexStringLower(hash.Hash!));
            hash.Initialize();
        }
    }
}
