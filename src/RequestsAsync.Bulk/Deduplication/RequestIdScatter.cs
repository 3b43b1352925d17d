using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RequestsAsync.Bulk;

/// <summary>
/// Makes of an id the key that the set holds for it: another for each other id, and spread evenly whatever the ids are. The table's places go by the first bits of the
/// key, so that ids which are no hashes, or which somebody has picked to look alike, would else stand in one row that every search walks along.
/// </summary>
/// <remarks>It is another in each process. What the set puts on the disk is for one process alone.</remarks>
internal readonly struct RequestIdScatter
{
    private readonly UInt128 _secret;
    private readonly UInt128 _factor;

    private RequestIdScatter(UInt128 secret, UInt128 factor)
    {
        _secret = secret;
        _factor = factor | 1;
    }

    internal static RequestIdScatter Create()
    {
        Span<UInt128> secrets = stackalloc UInt128[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(secrets));
        return new(secrets[0], secrets[1]);
    }

    // Each step can be undone, as an odd factor has an inverse: two ids never have one key.
    internal UInt128 KeyOf(RequestId id)
    {
        UInt128 key = id.Value ^ _secret;
        key = (key ^ (key >> 64)) * Odd;
        key = (key ^ (key >> 65)) * _factor;
        key = (key ^ (key >> 67)) * Odd;
        return key ^ (key >> 64);
    }

    private static UInt128 Odd => new(0x9E37_79B9_7F4A_7C15, 0xF39C_C060_5CED_C835);
}
