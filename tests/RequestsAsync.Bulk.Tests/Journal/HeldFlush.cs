namespace RequestsAsync.Bulk.Tests;

/// <summary>Holds the next flush of a disk, so that a call is being written for as long as a test wants.</summary>
internal sealed class HeldFlush : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldFlush(FullDevice.Disk disk)
    {
        disk.Flushing = () =>
        {
            disk.Flushing = null;
            _reached.SetResult();
            if (!_released.Task.Wait(TimeSpan.FromSeconds(30))) throw new IOException("The test has forgotten the flush that it holds.");
        };
    }

    public Task ReachedAsync() => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Release() => _released.TrySetResult();

    public void Dispose() => Release();
}
