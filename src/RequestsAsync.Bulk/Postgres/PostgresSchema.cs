using System.Globalization;
using Npgsql;

namespace RequestsAsync.Bulk;

/// <summary>The tables of jobs, brought to the version that this library knows.</summary>
internal static class PostgresSchema
{
    /// <summary>The version; each has a file <c>Migrations/N.sql</c> that leads to it from the one before.</summary>
    public const int Version = 1;

    private const long Guard = 0x7265715F62756C6B; // "req_bulk"

    /// <summary>Makes or changes the tables where that is needed; of several that come at once, one does it.</summary>
    /// <exception cref="FrontierException">The schema is of a later version, or the role may not make it.</exception>
    public static Task EnsureAsync(PostgresDatabase database, string schema, CancellationToken cancellationToken) => database.CallAsync(
        async (connection, token) =>
        {
            if (await ReadVersionAsync(connection, database, schema, token).ConfigureAwait(false) == Version) return true;

            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Guard})"), token).ConfigureAwait(false);
                int version = await ReadVersionAsync(connection, database, schema, token).ConfigureAwait(false) ?? await BeginAsync(connection, database, schema, token).ConfigureAwait(false);
                if (version > Version)
                    throw new FrontierException($"The schema {schema} has version {version}, and this program knows versions up to {Version}: use a newer one, or another schema.");
                for (int next = version + 1; next <= Version; next++)
                {
                    await RunAsync(connection, Migration(next).Replace("{schema}", database.Schema, StringComparison.Ordinal), token).ConfigureAwait(false);
                    await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE {database.Schema}.version SET version = {next}"), token).ConfigureAwait(false);
                }

                await transaction.CommitAsync(token).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    private static async Task<int?> ReadVersionAsync(NpgsqlConnection connection, PostgresDatabase database, string schema, CancellationToken cancellationToken)
    {
        // From the catalogue itself: to_regclass() may remember that there was no such table before somebody else made it.
        const string Query = "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = 'version'";
        if (await ScalarAsync(connection, Query, schema, cancellationToken).ConfigureAwait(false) is null) return null;
        return (int?)await ScalarAsync(connection, $"SELECT version FROM {database.Schema}.version", null, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> BeginAsync(NpgsqlConnection connection, PostgresDatabase database, string schema, CancellationToken cancellationToken)
    {
        // Texts are kept as they are, whatever they are written in.
        if (await ScalarAsync(connection, "SHOW server_encoding", null, cancellationToken).ConfigureAwait(false) is string encoding && encoding != "UTF8")
            throw new FrontierException($"The database has the encoding {encoding}, and jobs need UTF8: create it with ENCODING 'UTF8'.");

        if (await ScalarAsync(connection, "SELECT 1 FROM pg_namespace WHERE nspname = $1", schema, cancellationToken).ConfigureAwait(false) is null)
        {
            try
            {
                await RunAsync(connection, $"CREATE SCHEMA {database.Schema}", cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new FrontierException(
                    $"The role {database.Role} may not make the schema {schema} in this database. Let its owner run: CREATE SCHEMA {database.Schema} AUTHORIZATION {PostgresDatabase.Quote(database.Role)}", e);
            }
        }

        await RunAsync(connection, $"CREATE TABLE {database.Schema}.version (version integer NOT NULL); INSERT INTO {database.Schema}.version VALUES (0)", cancellationToken).ConfigureAwait(false);
        return 0;
    }

    private static string Migration(int version)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"Migrations/{version}.sql");
        using Stream stream = typeof(PostgresSchema).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = new(sql, connection);
        await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, string? parameter, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = new(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            if (parameter is not null) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
