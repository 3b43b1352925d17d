using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RequestsAsync;

/// <summary>What a loop asks of Linux: epoll(7) to wait on many sockets, eventfd(2) to be woken, and connect(2) of a socket that does not block.</summary>
internal static partial class Epoll
{
    public const uint Readable = 0x1;
    public const uint Writable = 0x4;
    public const uint Failed = 0x8;
    public const uint HungUp = 0x10;
    public const uint ReadHungUp = 0x2000;
    public const uint EdgeTriggered = 0x80000000;

    private const string Library = "libc";
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int AddOperation = 1;
    private const int RemoveOperation = 2;
    private const int Both = 2; // SHUT_RDWR
    private const int Interrupted = 4; // EINTR
    private const int InProgress = 115; // EINPROGRESS

    /// <summary>How many bytes one event takes: the kernel packs it on x86 and on nothing else.</summary>
    public static readonly int EventLength = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 12 : 16;

    private static readonly int DataOffset = EventLength - sizeof(ulong);

    /// <summary>A new epoll instance.</summary>
    /// <exception cref="IOException">The system gives none.</exception>
    public static SafeFileHandle Create() => Checked(EpollCreate(CloseOnExec), "epoll_create1");

    /// <summary>A new counter that is readable while it is not 0.</summary>
    /// <exception cref="IOException">The system gives none.</exception>
    public static SafeFileHandle CreateAlarm() => Checked(EventFd(0, CloseOnExec | NonBlocking), "eventfd");

    /// <summary>Begins to watch a file.</summary>
    /// <param name="epoll">The instance.</param>
    /// <param name="file">The file.</param>
    /// <param name="events">What to tell of it.</param>
    /// <param name="data">What its events carry.</param>
    /// <exception cref="IOException">The system refuses it.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public static void Add(SafeHandle epoll, SafeHandle file, uint events, ulong data)
    {
        Span<byte> one = stackalloc byte[EventLength];
        MemoryMarshal.Write(one, events);
        MemoryMarshal.Write(one[DataOffset..], data);
        if (EpollControl(epoll, AddOperation, file, ref MemoryMarshal.GetReference(one)) != 0) throw Failure("epoll_ctl");
    }

    /// <summary>Watches a file no more.</summary>
    /// <exception cref="ObjectDisposedException">The file is closed, and so not watched either.</exception>
    public static void Remove(SafeHandle epoll, SafeHandle file)
    {
        Span<byte> none = stackalloc byte[EventLength];
        _ = EpollControl(epoll, RemoveOperation, file, ref MemoryMarshal.GetReference(none));
    }

    /// <summary>Waits for events.</summary>
    /// <param name="epoll">The instance.</param>
    /// <param name="events">Where they go.</param>
    /// <param name="milliseconds">How long at most; -1 for ever.</param>
    /// <returns>How many there are; none when the time is over, or for no reason.</returns>
    /// <exception cref="IOException">The system refuses it.</exception>
    public static int Wait(SafeHandle epoll, Span<byte> events, int milliseconds)
    {
        int count = EpollWait(epoll, ref MemoryMarshal.GetReference(events), events.Length / EventLength, milliseconds);
        if (count >= 0) return count;
        return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw Failure("epoll_wait");
    }

    /// <summary>One of the events that came.</summary>
    public static (uint Events, ulong Data) Read(ReadOnlySpan<byte> events, int index)
    {
        ReadOnlySpan<byte> one = events.Slice(index * EventLength, EventLength);
        return (MemoryMarshal.Read<uint>(one), MemoryMarshal.Read<ulong>(one[DataOffset..]));
    }

    /// <summary>Makes an alarm readable.</summary>
    public static void Ring(SafeHandle alarm)
    {
        ulong one = 1;
        _ = Write(alarm, in one, sizeof(ulong));
    }

    /// <summary>Makes an alarm unreadable until it rings again.</summary>
    public static void Silence(SafeHandle alarm) => _ = Read(alarm, out _, sizeof(ulong));

    /// <summary>Begins to connect a socket that does not block.</summary>
    /// <returns>Whether it is connected already; otherwise it becomes writable when it is, or has failed. <see langword="null"/> when it has failed at once.</returns>
    public static bool? TryConnect(SafeSocketHandle socket, EndPoint remote)
    {
        SocketAddress address = remote.Serialize();
        int result = Connect(socket, ref MemoryMarshal.GetReference(address.Buffer.Span), address.Size);
        if (result == 0) return true;
        return Marshal.GetLastPInvokeError() is InProgress or Interrupted ? false : null;
    }

    /// <summary>Ends both directions of a socket, and wakes who waits on it; one that is not connected is left alone.</summary>
    public static void ShutDown(SafeSocketHandle socket) => _ = Shutdown(socket, Both);

    private static SafeFileHandle Checked(int file, string call) => file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw Failure(call);

    private static IOException Failure(string call) => new($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollControl(SafeHandle epoll, int operation, SafeHandle file, ref byte one);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollWait(SafeHandle epoll, ref byte events, int most, int milliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventFd(uint value, int flags);

    [LibraryImport(Library, EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(SafeHandle file, in ulong value, nint length);

    [LibraryImport(Library, EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(SafeHandle file, out ulong value, nint length);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Connect(SafeHandle socket, ref byte address, int length);

    [LibraryImport(Library, EntryPoint = "shutdown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Shutdown(SafeHandle socket, int direction);
}
