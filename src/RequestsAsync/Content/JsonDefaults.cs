using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RequestsAsync;

/// <summary>How JSON is written and read where nothing else is said.</summary>
public static class JsonDefaults
{
    internal const string ReflectionMessage =
        "JSON by reflection needs types that trimming may remove. Use the form that takes a JsonTypeInfo<T> from a JsonSerializerContext.";

    /// <summary>
    /// The web conventions of System.Text.Json (camelCase, names read in any case, numbers read from strings too), compact, with
    /// characters beyond ASCII written as they are, since the body is UTF-8 and no page embeds it.
    /// </summary>
    public static JsonSerializerOptions Options
    {
        [RequiresUnreferencedCode(ReflectionMessage)]
        [RequiresDynamicCode(ReflectionMessage)]
        get => LazyOptions.Value;
    }

    private static class LazyOptions
    {
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only reached through Options, which carries the warning.")]
        [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached through Options, which carries the warning.")]
        internal static readonly JsonSerializerOptions Value = Create();

        [RequiresUnreferencedCode(ReflectionMessage)]
        [RequiresDynamicCode(ReflectionMessage)]
        private static JsonSerializerOptions Create()
        {
            JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            };
            options.MakeReadOnly();
            return options;
        }
    }
}
