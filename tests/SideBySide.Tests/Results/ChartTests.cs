using System.Xml.Linq;

namespace RequestsAsync.SideBySide.Tests;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Bars_are_as_long_as_their_figures_and_those_of_an_interpreter_are_cut()
    {
        RunResults results = Samples.Results(Samples.Row(Contenders.ThisLibrary, 20), Samples.Row(Contenders.RestSharpClient, 40), Samples.Row(Contenders.Httpx, 500));

        XElement svg = XElement.Parse(Chart.Draw(results, "<a machine>"));

        double[] widths = [.. svg.Elements(Svg + "rect").Take(3).Select(static bar => (double)bar.Attribute("width")!)];
        Assert.Equal(widths[1], widths[0] * 2);
        Assert.Equal(widths[1], widths[2]);
        Assert.Single(svg.Elements(Svg + "path"));
        Assert.Contains(svg.Elements(Svg + "text"), static text => text.Value == "500.0");
    }

    [Fact]
    public void Without_figures_there_are_no_bars() => Assert.Empty(XElement.Parse(Chart.Draw(Samples.Results(), "")).Elements(Svg + "rect"));
}
