namespace RequestsAsync;

internal sealed partial class IdnaData
{
    /// <summary>Reads the unpacked stream, whose layout eng/idna-data.py describes.</summary>
    private sealed class Reader(byte[] data)
    {
        private int _at;

        public (CodePointRanges Mapping, int[][] Targets) ReadMapping()
        {
            int count = ReadNumber();
            int[] starts = new int[count];
            int[] actions = new int[count];
            int[][] targets = new int[count][];

            int start = 0;
            for (int i = 0; i < count; i++)
            {
                int length = ReadNumber();
                starts[i] = start;
                actions[i] = ReadNumber();
                targets[i] = ReadTarget(start, Math.Max(0, actions[i] - (int)IdnaStatus.Mapped));
                start += length;
            }

            return (new CodePointRanges(starts, actions), targets);
        }

        public CodePointRanges ReadRuns()
        {
            int count = ReadNumber();
            int[] starts = new int[count];
            int[] values = new int[count];

            int start = 0;
            for (int i = 0; i < count; i++)
            {
                starts[i] = start;
                start += ReadNumber();
                values[i] = ReadNumber();
            }

            return new CodePointRanges(starts, values);
        }

        public (Dictionary<int, (int First, int Second)> Decompositions, Dictionary<(int First, int Second), int> Compositions) ReadDecompositions()
        {
            int count = ReadNumber();
            Dictionary<int, (int First, int Second)> decompositions = new(count);
            Dictionary<(int First, int Second), int> compositions = new(count);

            int codePoint = 0;
            for (int i = 0; i < count; i++)
            {
                codePoint += ReadNumber();
                (int First, int Second) parts = (codePoint + ReadSigned(), ReadNumber());
                bool isComposed = ReadNumber() != 0;
                decompositions.Add(codePoint, parts);
                if (isComposed) compositions.Add(parts, codePoint);
            }

            return (decompositions, compositions);
        }

        private int[] ReadTarget(int before, int length)
        {
            if (length == 0) return [];

            int[] target = new int[length];
            for (int i = 0; i < length; i++) target[i] = before += ReadSigned();
            return target;
        }

        private int ReadNumber()
        {
            int value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte part = data[_at++];
                value |= (part & 0x7F) << shift;
                if (part < 0x80) return value;
            }
        }

        private int ReadSigned()
        {
            int value = ReadNumber();
            return (value >> 1) ^ -(value & 1);
        }
    }
}
