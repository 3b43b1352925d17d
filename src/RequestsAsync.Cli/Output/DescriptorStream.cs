using System.Runtime.InteropServices;

namespace RequestsAsync.Cli;

/// <summary>A descriptor that the process was started with, written to as it is.</summary>
/// <remarks>
/// The runtime's own stream for the console sets a terminal up for the reading of keys before its first byte, and writes control sequences to it; nobody reads keys
/// here. It also says nothing when the reader of a pipe has gone, and what follows would be fetched from the server for nobody.
/// </remarks>
internal sealed partial class DescriptorStream(int descriptor) : WriteOnlyStream
{
    public const int Output = 1;
    public const int Error = 2;

    private const int Interrupted = 4; // EINTR
    private const int BrokenPipe = 32; // EPIPE
    private const short Writable = 4; // POLLOUT

    // EAGAIN
    private static readonly int TryAgain = OperatingSystem.IsLinux() ? 11 : 35;

    /// <inheritdoc/>
    /// <exception cref="ReaderGoneException">Nobody reads the pipe any more.</exception>
    /// <exception cref="IOException">It cannot be written, because the disk is full for example.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = Write(descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == BrokenPipe) throw new ReaderGoneException();
            if (error == TryAgain) WaitUntilWritable();
            else if (error != Interrupted) throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    // Another program on the same terminal may have made it answer at once instead of waiting.
    private void WaitUntilWritable()
    {
        PollDescriptor waited = new() { Descriptor = descriptor, Events = Writable };
        _ = Poll(ref waited, 1, -1);
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
