using System.Text;

namespace RequestsAsync;

/// <summary>The single-byte encodings of the WHATWG standard: the runtime's code pages, mended where the standard differs, and those the runtime lacks.</summary>
internal static class SingleByteTables
{
    public const string Iso8859Part10 =
        "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ";

    public const string Iso8859Part14 =
        "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ";

    public const string Iso8859Part16 =
        "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";

    /// <summary>A code page of the runtime, and the bytes that are other characters in the standard.</summary>
    public static SingleByteEncoding FromCodePage(string name, int codePage, params ReadOnlySpan<(int Byte, char Character)> corrections)
    {
        Encoding source = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        byte[] bytes = new byte[256];
        for (int at = 0; at < bytes.Length; at++)
            bytes[at] = (byte)at;

        char[] table = source.GetChars(bytes);
        for (int at = 128; at < table.Length; at++)
        {
            // Windows maps a byte without a character to the private use area; U+F8FF is Apple's own, and meant.
            if (table[at] is >= '\uE000' and < '\uF8FF') table[at] = '\uFFFD';
        }

        foreach ((int at, char character) in corrections)
            table[at] = character;
        return new SingleByteEncoding(name, new string(table));
    }

    /// <summary>Each byte above 0x7F at its own place in the private use area, so that scripts get the bytes back.</summary>
    public static SingleByteEncoding UserDefined(string name) =>
        new(name, string.Create(256, 0, static (table, _) =>
        {
            for (int at = 0; at < table.Length; at++)
                table[at] = (char)(at < 0x80 ? at : 0xF700 + at);
        }));

    /// <summary>An ISO 8859 part: ASCII and the C1 controls, then its own 96 characters.</summary>
    public static SingleByteEncoding FromUpperHalf(string name, string upperHalf) =>
        new(name, string.Create(256, upperHalf, static (table, upperHalf) =>
        {
            for (int at = 0; at < 0xA0; at++)
                table[at] = (char)at;
            upperHalf.CopyTo(table[0xA0..]);
        }));
}
