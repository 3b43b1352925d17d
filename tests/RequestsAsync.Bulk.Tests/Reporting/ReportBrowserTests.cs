using System.Text.Json;
using Microsoft.Playwright;

namespace RequestsAsync.Bulk.Tests;

/// <summary>The report in a real browser.</summary>
public sealed class ReportBrowserTests
{
    // The contrast of WCAG 2.2 (1.4.3) of every text with the first background that is not transparent behind it.
    private const string LowContrasts = """
        () => {
            const numbers = color => color.match(/[\d.]+/g).map(Number);
            const luminance = color => numbers(color).slice(0, 3).map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            const background = element => {
                for (let at = element; at; at = at.parentElement) {
                    const color = getComputedStyle(at).backgroundColor;
                    if ((numbers(color)[3] ?? 1) > 0) return color;
                }
                return 'rgb(255, 255, 255)';
            };
            const texts = [...document.body.querySelectorAll('*')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
            const rated = texts.map(e => {
                const [a, b] = [luminance(getComputedStyle(e).color), luminance(background(e))];
                return { text: e.textContent.slice(0, 40), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
            });
            return JSON.stringify({ count: rated.length, low: rated.filter(r => !(r.ratio >= 4.5)) });
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light, 1280, true)]
    [InlineData(ColorScheme.Light, 390, true)]
    [InlineData(ColorScheme.Dark, 1280, true)]
    [InlineData(ColorScheme.Dark, 390, true)]
    [InlineData(ColorScheme.Light, 390, false)]
    public async Task It_can_be_read(ColorScheme scheme, int width, bool hasScripts)
    {
        string? program = ForeignProgram.Find("chromium", "chromium-browser", "google-chrome");
        Assert.SkipWhen(program is null, "chromium is not installed");
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
        string file = Path.Combine(Directory.CreateTempSubdirectory("report-").FullName, "report.html");
        await File.WriteAllTextAsync(file, Reports.OfMany(20_000), TestContext.Current.CancellationToken);
        await using IBrowserContext context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = hasScripts });
        IPage page = await context.NewPageAsync();
        List<string> requests = [], complaints = [];
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add("dialog: " + dialog.Message);

        await page.GotoAsync("file://" + file);
        byte[] picture = await page.ScreenshotAsync(new() { FullPage = true });

        Assert.Empty(complaints);
        Assert.All(requests, url => Assert.True(url == "file://" + file || url.StartsWith("data:", StringComparison.Ordinal), url));
        Assert.Equal("Bulk job report", await page.Locator("h1").InnerTextAsync());
        Assert.True(await page.Locator("figure > svg[aria-label]").CountAsync() == 2 && await page.Locator("figure > figcaption").CountAsync() == 2);
        Assert.Equal(await page.Locator("table").CountAsync(), await page.Locator("table > caption").CountAsync());
        Keep(picture, $"{scheme}-{width}{(hasScripts ? "" : "-plain")}");
        if (hasScripts) await LookAsync(page, scheme, width, picture);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static async Task LookAsync(IPage page, ColorScheme scheme, int width, byte[] picture)
    {
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => [...document.querySelectorAll('table,figure,dl')].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5).length"));

        JsonElement contrasts = JsonDocument.Parse(await page.EvaluateAsync<string>(LowContrasts)).RootElement;
        Assert.InRange(contrasts.GetProperty("count").GetInt32(), 100, 10_000);
        Assert.Equal("[]", contrasts.GetProperty("low").GetRawText());

        // The browser reads the picture back: how many colours are in it, and how bright most of it is. The page's own policy would not let it, so that an empty one does.
        IPage reader = await page.Context.NewPageAsync();
        JsonElement look = JsonDocument.Parse(await reader.EvaluateAsync<string>("""
            async data => {
                const image = new Image();
                image.src = 'data:image/png;base64,' + data;
                await image.decode();
                const canvas = new OffscreenCanvas(image.width, Math.min(image.height, 2000)), context = canvas.getContext('2d');
                context.drawImage(image, 0, 0);
                const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height), colors = new Map();
                for (let i = 0; i < pixels.length; i += 4) {
                    const color = (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];
                    colors.set(color, (colors.get(color) ?? 0) + 1);
                }
                const [most] = [...colors].sort((a, b) => b[1] - a[1]);
                return JSON.stringify({ width: image.width, colors: colors.size, most: most[0] >> 16, share: most[1] / (canvas.width * canvas.height) });
            }
            """, Convert.ToBase64String(picture))).RootElement;
        Assert.Equal(width, look.GetProperty("width").GetInt32());
        Assert.InRange(look.GetProperty("colors").GetInt32(), 20, 100_000);
        Assert.InRange(look.GetProperty("share").GetDouble(), 0.2, 0.97);
        Assert.InRange(look.GetProperty("most").GetInt32(), scheme == ColorScheme.Dark ? 0 : 200, scheme == ColorScheme.Dark ? 60 : 255);
    }

    // For who wants to look at them.
    private static void Keep(byte[] picture, string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, $"report-{name}.png"), picture);
    }
}
