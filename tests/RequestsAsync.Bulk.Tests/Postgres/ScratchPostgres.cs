using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace RequestsAsync.Bulk.Tests;

/// <summary>A PostgreSQL server of the tests' own, from Debian's package: in a scratch folder, on a free port of the loopback interface.</summary>
public sealed class ScratchPostgres : IAsyncLifetime
{
    private const string Password = "pg-secret-7Qz";
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private static readonly bool IsRoot = Environment.UserName == "root";
    private string _folder = "";
    private int _port;
    private int _databases;

    /// <summary>The password of the server's superuser and of the roles made here: it must appear nowhere.</summary>
    internal static string PlantedPassword => Password;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(Programs, "initdb"))) return;

        string parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _folder = Path.Combine(parent, "bulk-pg-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), Password);
        if (IsRoot) await RunAsync("chown", "-R", "postgres:", _folder); // it does not run as root
        await RunAsServerAsync("initdb", "-D", Data, "-U", "admin", "-A", "scram-sha-256", "--pwfile", Path.Combine(_folder, "password"), "-E", "UTF8", "--no-locale", "--no-sync");
        _port = FreePort();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder.Length == 0) return;
        NpgsqlConnection.ClearAllPools();
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Makes an empty database, and says how it is reached.</summary>
    internal async Task<string> CreateDatabaseAsync(string user = "admin")
    {
        Assert.SkipWhen(_folder.Length == 0, $"postgresql-15 is not installed: there is no {Programs}/initdb.");
        string name = string.Create(CultureInfo.InvariantCulture, $"db{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}");
        return ConnectionString(name, user);
    }

    internal string ConnectionString(string database, string user = "admin") =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={user};Password={Password};Database={database}");

    internal static string AsUrl(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder = new(connectionString);
        return string.Create(CultureInfo.InvariantCulture, $"postgres://{builder.Username}:{builder.Password}@{builder.Host}:{builder.Port}/{builder.Database}");
    }

    internal static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Ends the server as a crash would, and starts it again.</summary>
    internal async Task CrashAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    private string Data => Path.Combine(_folder, "data");

    private Task StartAsync() => RunAsServerAsync(
        "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"),
        "-o", string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c shared_buffers=32MB -c max_connections=60"));

    // By the process id in its folder.
    private Task StopAsync() => RunAsServerAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);

    private static Task RunAsServerAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs, program);
        return IsRoot ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments]) : RunAsync(path, arguments);
    }

    // The server inherits what its starter writes to: waiting for the end of that would be waiting for the server's.
    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
