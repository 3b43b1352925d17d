namespace RequestsAsync.Tests;

public sealed class DeviceFolderTests
{
    [Theory]
    [InlineData("/dev/sda", true)]
    [InlineData("/dev/disk/by-id/x", true)]
    [InlineData("/dev/shm", true)]
    [InlineData("/dev/shmem/file", true)]
    [InlineData("/dev/shm/file", false)]
    [InlineData("/dev/shm/folder/file", false)]
    [InlineData("/developer/file", false)]
    [InlineData("/srv/dev/sda", false)]
    public void Devices_are_no_files_to_be_replaced_and_files_in_memory_are(string path, bool isHeld) => Assert.Equal(isHeld, DeviceFolder.Holds(path));
}
