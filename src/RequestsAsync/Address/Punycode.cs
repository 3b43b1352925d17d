using System.Text;

namespace RequestsAsync;

/// <summary>The encoding of code points by letters, digits and hyphens (RFC 3492), without its "xn--".</summary>
internal static class Punycode
{
    // RFC 3492 §5
    private const int Base = 36;
    private const int ThresholdMin = 1;
    private const int ThresholdMax = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialCodePoint = 0x80;

    /// <summary>Appends the encoding of <paramref name="label"/> to <paramref name="to"/>.</summary>
    public static void Encode(List<int> label, StringBuilder to)
    {
        int handled = 0;
        foreach (int codePoint in label)
        {
            if (codePoint >= InitialCodePoint) continue;
            to.Append((char)codePoint);
            handled++;
        }

        int basicCount = handled;
        if (basicCount > 0) to.Append('-');

        int current = InitialCodePoint;
        int bias = InitialBias;
        long delta = 0;
        while (handled < label.Count)
        {
            int next = NextLarger(label, current);
            delta += (long)(next - current) * (handled + 1);
            current = next;

            foreach (int codePoint in label)
            {
                if (codePoint < current) delta++;
                if (codePoint != current) continue;

                AppendInteger(delta, bias, to);
                bias = Adapt(delta, handled + 1, handled == basicCount);
                delta = 0;
                handled++;
            }

            delta++;
            current++;
        }
    }

    /// <summary>Decodes what follows the "xn--"; <see langword="false"/> when it is no valid encoding.</summary>
    public static bool TryDecode(ReadOnlySpan<char> encoded, List<int> to)
    {
        int delimiter = encoded.LastIndexOf('-');
        for (int i = 0; i < delimiter; i++) to.Add(encoded[i]);
        ReadOnlySpan<char> rest = encoded[(delimiter + 1)..];

        int codePoint = InitialCodePoint;
        int bias = InitialBias;
        int index = 0;
        while (!rest.IsEmpty)
        {
            if (!TryReadInteger(ref rest, bias, out int delta)) return false;

            long position = (long)index + delta;
            int length = to.Count + 1;
            long next = codePoint + position / length;
            if (next > 0x10FFFF) return false;

            codePoint = (int)next;
            index = (int)(position % length);
            bias = Adapt(delta, length, to.Count == Math.Max(delimiter, 0));
            to.Insert(index++, codePoint);
        }

        return true;
    }

    private static int NextLarger(List<int> label, int atLeast)
    {
        int next = int.MaxValue;
        foreach (int codePoint in label)
        {
            if (codePoint >= atLeast && codePoint < next) next = codePoint;
        }

        return next;
    }

    private static void AppendInteger(long value, int bias, StringBuilder to)
    {
        for (int position = Base; ; position += Base)
        {
            int threshold = Threshold(position, bias);
            if (value < threshold) break;
            to.Append(Digit((int)(threshold + (value - threshold) % (Base - threshold))));
            value = (value - threshold) / (Base - threshold);
        }

        to.Append(Digit((int)value));
    }

    private static bool TryReadInteger(ref ReadOnlySpan<char> text, int bias, out int value)
    {
        value = 0;
        long sum = 0;
        long weight = 1;
        for (int position = Base; ; position += Base)
        {
            if (text.IsEmpty || !TryReadDigit(text[0], out int digit)) return false;
            text = text[1..];

            sum += digit * weight;
            if (sum > int.MaxValue) return false;

            int threshold = Threshold(position, bias);
            if (digit < threshold)
            {
                value = (int)sum;
                return true;
            }

            weight *= Base - threshold;
            if (weight > int.MaxValue) return false;
        }
    }

    private static int Threshold(int position, int bias) => Math.Clamp(position - bias, ThresholdMin, ThresholdMax);

    // RFC 3492 §6.1
    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta /= isFirst ? Damp : 2;
        delta += delta / count;

        int bias = 0;
        for (; delta > (Base - ThresholdMin) * ThresholdMax / 2; bias += Base) delta /= Base - ThresholdMin;
        return bias + (int)((Base - ThresholdMin + 1) * delta / (delta + Skew));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static bool TryReadDigit(char c, out int value)
    {
        value = c switch
        {
            >= 'a' and <= 'z' => c - 'a',
            >= 'A' and <= 'Z' => c - 'A',
            >= '0' and <= '9' => c - '0' + 26,
            _ => -1,
        };
        return value >= 0;
    }
}
