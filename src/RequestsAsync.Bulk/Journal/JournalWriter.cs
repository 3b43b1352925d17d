using System.Runtime.InteropServices;

namespace RequestsAsync.Bulk;

/// <summary>Writes entries of the journal. A frame holds what one call brought, so that it takes effect as a whole.</summary>
internal sealed class JournalWriter(LogFile journal, JobClock clock)
{
    private bool _hasFrame;

    /// <summary>How much of the spool is durable: each frame says it, so that a spool that lost its end is noticed.</summary>
    internal long SpoolLength { get; set; }

    internal void Done(long number) => Begin(JournalEntry.Done).Number(number);

    internal void Again(long number, int attempts, TimeSpan delay, string host, string? state)
    {
        ByteWriter writer = Begin(JournalEntry.Again);
        writer.Number(number);
        writer.Number(attempts);
        writer.Number(Math.Max(0, delay.Ticks));
        writer.Text(host);
        writer.OptionalText(state);
    }

    internal void Delay(string host, TimeSpan delay)
    {
        ByteWriter writer = Begin(JournalEntry.Delay);
        writer.Text(host);
        writer.Number(Math.Max(0, delay.Ticks));
    }

    internal void Notes(string host, string notes)
    {
        ByteWriter writer = Begin(JournalEntry.Notes);
        writer.Text(host);
        writer.Text(notes);
    }

    internal void InputCompleted() => Begin(JournalEntry.InputCompleted);

    internal void Cancelled() => Begin(JournalEntry.Cancelled);

    internal void Output(long position) => Begin(JournalEntry.Output).Number(position);

    internal void Epoch(long epoch) => Begin(JournalEntry.Epoch).Number(epoch);

    internal void Target(string host) => Begin(JournalEntry.Target).Text(host);

    internal void DoneBits(DoneBitmap done) => Begin(JournalEntry.DoneBits).Bytes(MemoryMarshal.AsBytes(done.Bits));

    /// <summary>Ends the frame.</summary>
    /// <returns>Whether there was one: nothing was to be written else.</returns>
    internal bool End()
    {
        if (!_hasFrame) return false;
        journal.EndFrame();
        _hasFrame = false;
        return true;
    }

    internal void Drop()
    {
        journal.DropFrame();
        _hasFrame = false;
    }

    private ByteWriter Begin(JournalEntry entry)
    {
        if (!_hasFrame)
        {
            journal.BeginFrame();
            journal.Pending.Int64(SpoolLength);
            journal.Pending.Int64(clock.UtcTicks);
            _hasFrame = true;
        }

        journal.Pending.Byte((byte)entry);
        return journal.Pending;
    }
}
