using System.Globalization;
using System.Text;
using Npgsql;

namespace RequestsAsync.Bulk;

/// <summary>A call of a function of the schema: its parameters, in order.</summary>
internal static class PostgresParameters
{
    /// <summary>Writes <c>FROM schema.name($1, …)</c> behind what is selected, and adds the parameters.</summary>
    public static NpgsqlBatchCommand Call(string select, string schema, string function, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        StringBuilder sql = new();
        sql.Append(CultureInfo.InvariantCulture, $"SELECT {select} FROM {schema}.{function}(");
        for (int i = 0; i < parameters.Length; i++) sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}${i + 1}");
        NpgsqlBatchCommand command = new(sql.Append(')').ToString());
        foreach (NpgsqlParameter parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };
}
