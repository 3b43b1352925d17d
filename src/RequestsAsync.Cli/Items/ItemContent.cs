using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Makes the body of a request from its fields and files.</summary>
internal static class ItemContent
{
    /// <summary>The fields as one JSON value.</summary>
    /// <exception cref="CommandException">A path or a value is wrong, or there is a file among them.</exception>
    public static byte[] ToJson(IReadOnlyList<RequestItem> items)
    {
        JsonBuilder builder = new();
        foreach (RequestItem item in items)
        {
            builder.Set(item.Name, item.Kind switch
            {
                ItemKind.Field => JsonTree.Text(item.Value),
                ItemKind.FieldFromFile => JsonTree.Text(ItemFile.ReadText(item)),
                ItemKind.Json => ReadJson(item, item.Value),
                ItemKind.JsonFromFile => ReadJson(item, ItemFile.ReadText(item)),
                _ => throw CommandException.Usage($"'{item.Source}' is a file, which JSON cannot hold.", "Send it in a form with --form, or its text as a field with name=@file."),
            });
        }

        return builder.Root!.ToBytes();
    }

    /// <summary>The fields of a form.</summary>
    /// <exception cref="CommandException">A value is not one that a form can hold.</exception>
    public static Parameters ToForm(IReadOnlyList<RequestItem> items)
    {
        Parameters form = [];
        foreach (RequestItem item in items)
            form.Add(item.Name, TextOf(item));
        return form;
    }

    /// <summary>Fields and files as the parts of a form, in their order.</summary>
    /// <exception cref="CommandException">A value is not one that a form can hold, or a file cannot be read.</exception>
    public static FileParts ToParts(IReadOnlyList<RequestItem> items)
    {
        FileParts parts = [];
        foreach (RequestItem item in items)
            parts.Add(item.Name, item.Kind == ItemKind.Upload ? FileOf(item) : Upload.FromBytes(Encoding.UTF8.GetBytes(TextOf(item)), fileName: ""));
        return parts;
    }

    private static Upload FileOf(RequestItem item)
    {
        UploadValue value = UploadValue.Parse(item.Value);
        ItemFile.Check(value.Path, item.Source);
        return Upload.FromFile(ItemFile.Expand(value.Path), value.FileName, value.Type);
    }

    private static string TextOf(RequestItem item) => item.Kind switch
    {
        ItemKind.Field => item.Value,
        ItemKind.FieldFromFile => ItemFile.ReadText(item),
        ItemKind.Json => PlainText(item, item.Value),
        _ => PlainText(item, ItemFile.ReadText(item)),
    };

    private static string PlainText(RequestItem item, string json) => ReadJson(item, json) is JsonScalar { TypeName: not "null" } scalar
        ? scalar.Plain
        : throw CommandException.Usage($"'{item.Source}': a form holds texts, numbers and booleans only.", "Send JSON, without --form and --multipart, or the text with name=value.");

    private static JsonTree ReadJson(RequestItem item, string text)
    {
        try
        {
            return JsonTree.Parse(text);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw CommandException.Usage($"'{item.Source}': the value is not JSON: {e.Message}", "':=' is followed by JSON; '=' by a text.", e);
        }
    }
}
