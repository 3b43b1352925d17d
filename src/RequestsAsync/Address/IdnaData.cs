using System.IO.Compression;

namespace RequestsAsync;

/// <summary>The character data behind UTS 46 and NFC.</summary>
/// <remarks>
/// The runtime has neither of them under <c>InvariantGlobalization</c>, where <see cref="string.Normalize()"/> changes nothing, and
/// elsewhere their version is that of the machine's ICU. It is unpacked when the first host name that is not ASCII is met.
/// </remarks>
internal sealed partial class IdnaData
{
    private readonly CodePointRanges _mapping;
    private readonly int[][] _targets;
    private readonly CodePointRanges _combining;
    private readonly CodePointRanges _bidi;
    private readonly CodePointRanges _joining;
    private readonly Dictionary<int, (int First, int Second)> _decompositions;
    private readonly Dictionary<(int First, int Second), int> _compositions;

    private IdnaData()
    {
        Reader reader = new(Unpack());
        (_mapping, _targets) = reader.ReadMapping();
        _combining = reader.ReadRuns();
        _bidi = reader.ReadRuns();
        _joining = reader.ReadRuns();
        (_decompositions, _compositions) = reader.ReadDecompositions();
    }

    /// <summary>The one instance.</summary>
    public static IdnaData Instance { get; } = new();

    /// <summary>What becomes of a code point. The deviation characters (ß, ς, ZWJ, ZWNJ) are valid: processing is non-transitional.</summary>
    public IdnaStatus Status(int codePoint) => (IdnaStatus)Math.Min(_mapping[codePoint], (int)IdnaStatus.Mapped);

    /// <summary>Appends what a mapped code point is replaced by.</summary>
    public void AppendMapped(int codePoint, List<int> to)
    {
        int run = _mapping.Find(codePoint, out int start);
        int[] target = _targets[run];
        if (target.Length == 1) to.Add(target[0] + codePoint - start);
        else to.AddRange(target);
    }

    /// <summary>The canonical combining class, 0 for a starter.</summary>
    public int CombiningClass(int codePoint) => _combining[codePoint] >> 1;

    /// <summary>Whether the general category is a mark (Mn, Mc or Me).</summary>
    public bool IsMark(int codePoint) => (_combining[codePoint] & 1) != 0;

    public BidiClass Bidi(int codePoint) => (BidiClass)_bidi[codePoint];

    public JoiningType Joining(int codePoint) => (JoiningType)_joining[codePoint];

    /// <summary>One step of the canonical decomposition; the second part is 0 when there is one part only.</summary>
    public bool TryDecompose(int codePoint, out (int First, int Second) parts) => _decompositions.TryGetValue(codePoint, out parts);

    /// <summary>The primary composite of two code points.</summary>
    public bool TryCompose(int first, int second, out int composite) => _compositions.TryGetValue((first, second), out composite);

    private static byte[] Unpack()
    {
        using MemoryStream packed = new(Convert.FromBase64String(Packed));
        using DeflateStream inflate = new(packed, CompressionMode.Decompress);
        using MemoryStream unpacked = new();
        inflate.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
