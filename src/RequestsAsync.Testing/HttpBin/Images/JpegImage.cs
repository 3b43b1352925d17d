namespace RequestsAsync.Testing;

/// <summary>Writes the smallest baseline JPEG (ITU-T T.81) of one grey: each code table has a single code of one bit.</summary>
internal static class JpegImage
{
    /// <summary>16 by 16 pixels of middle grey.</summary>
    internal static byte[] Grey()
    {
        byte[] quantizers = new byte[64];
        Array.Fill(quantizers, (byte)1);
        byte[] codesOfEachLength = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        return
        [
            0xFF, 0xD8,
            0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0,
            0xFF, 0xDB, 0, 67, 0, .. quantizers,
            0xFF, 0xC0, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0,
            0xFF, 0xC4, 0, 20, 0x00, .. codesOfEachLength, 0, // DC: the level stays
            0xFF, 0xC4, 0, 20, 0x10, .. codesOfEachLength, 0, // AC: the block ends
            0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0,
            0x00, // four blocks, two bits each
            0xFF, 0xD9,
        ];
    }
}
