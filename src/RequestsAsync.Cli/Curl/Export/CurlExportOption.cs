using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary><c>--curl</c>: shows the request as a curl command instead of sending it.</summary>
internal sealed class CurlExportOption
{
    /// <summary>To be added to the command.</summary>
    public Option<bool> Option { get; } = OptionKinds.Flag("--curl", "Show the request as a curl command, and send nothing.");

    /// <summary>Shows the request, if that was asked for; then nothing is to be sent.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="request">The finished request.</param>
    /// <param name="settings">The session that would send it.</param>
    /// <param name="output">Where to.</param>
    /// <returns>Whether it was shown.</returns>
    /// <exception cref="InvalidRequestException">The request could not be sent.</exception>
    public bool Show(ParseResult parsed, Request request, SessionOptions settings, TextWriter output)
    {
        if (!parsed.GetValue(Option)) return false;

        output.WriteLine(request.ToCurl(settings));
        return true;
    }
}
