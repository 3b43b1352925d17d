namespace RequestsAsync.SideBySide.Tests;

public sealed class LoadSettingsTests
{
    [Fact]
    public void The_words_for_a_process_are_read_back_as_the_same()
    {
        LoadSettings settings = new()
        {
            Client = "requests",
            Shape = LoadShape.InFlight,
            Target = "/tmp/saved",
            Url = "https://localhost:1/small",
            Connections = 512,
            WarmUp = TimeSpan.FromSeconds(1.5),
            Measured = TimeSpan.FromSeconds(0.7),
            Expected = 150,
            Authority = "/tmp/ca.pem",
            Http2 = true,
            ControlPort = 7,
        };

        Assert.Equal(settings, LoadSettings.Parse("requests", Arguments.Parse([.. settings.ToWords()], LoadSettings.Flags)));
    }

    [Fact]
    public void Every_shape_has_a_word_of_its_own() =>
        Assert.All(Enum.GetValues<LoadShape>(), shape => Assert.Equal(shape, LoadShapes.Parse(shape.Word())));

    [Fact]
    public void The_document_says_its_own_length()
    {
        Document document = global::System.Text.Json.JsonSerializer.Deserialize(Document.Text, DocumentJson.Default.Document)!;

        Assert.Equal(Document.Text.Length, document.Bytes);
    }
}
