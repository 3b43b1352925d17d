using System.Text;

namespace RequestsAsync.Tests;

/// <summary>What must hold for any text and any base.</summary>
internal static class UrlLaws
{
    /// <summary>Checks every law on <paramref name="text"/>; whatever else is thrown is a fault.</summary>
    /// <returns>Whether the text is a URL.</returns>
    public static bool Check(string text, Url baseUrl)
    {
        bool isUrl = Url.TryParse(text, out Url? url);
        if (isUrl) CheckUrl(url!);
        else Throws(() => Url.Parse(text));

        if (baseUrl.TryJoin(text, out Url? joined)) CheckUrl(joined);
        else Throws(() => baseUrl.Join(text));

        if (isUrl && joined is null) throw new InvalidOperationException($"'{text}' is a URL alone and none with a base");
        return isUrl;
    }

    private static void CheckUrl(Url url)
    {
        True(Url.TryParse(url.Href, out Url? again) && again.Equals(url) && again.Parts == url.Parts, url, "parsing the serialisation gives it again");
        True(Ascii.IsValid(url.Href), url, "the serialisation is ASCII");
        True(!url.Href.AsSpan().ContainsAnyInRange('\0', ' '), url, "the serialisation has neither controls nor spaces");
        True(url.Path[0] == '/', url, "the path begins with a slash");
        True(url.Join("") is Url same && same.Href == url.WithFragment(null).Href, url, "the empty reference drops the fragment only");
        True(url.WithQuery(url.Query).WithFragment(url.Fragment).Equals(url), url, "its own query and fragment change nothing");
        True(url.ToString() == url.WithoutUserInfo().Href && url.WithoutUserInfo().UserName is null, url, "it is printed without user information");
        CheckUri(url);
    }

    private static void CheckUri(Url url)
    {
        Uri uri;
        try
        {
            uri = url.ToUri();
        }
        catch (InvalidRequestException)
        {
            return;
        }

        True(uri.PathAndQuery == url.PathAndQuery, url, "the Uri has its request target");
        True(uri.Port == url.Port && uri.Scheme == url.Scheme, url, "the Uri has its scheme and port");
        if (url.Host[0] == '[')
            True(Url.Parse($"http://[{uri.IdnHost}]/").Host == url.Host, url, "the Uri has its address");
        else
            True(uri.IdnHost == url.Host, url, "the Uri has its host");
    }

    private static void Throws(Func<Url> parse)
    {
        try
        {
            Url url = parse();
            throw new InvalidOperationException($"'{url}' was refused without an exception and accepted with one");
        }
        catch (InvalidRequestException)
        {
            // The one exception that is documented.
        }
    }

    private static void True(bool holds, Url url, string law)
    {
        if (!holds) throw new InvalidOperationException($"'{url.Href}' breaks the law: {law}");
    }
}
