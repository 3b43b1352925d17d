using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>Says what stands in certificates. Their text is a stranger's, so it is cut and cleaned before it is shown.</summary>
internal static class CertificateWords
{
    private const int LongestName = 200;
    private const int MostNames = 4;

    /// <summary>Whether it vouches for itself.</summary>
    public static bool IsSelfSigned(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    public static string SubjectOf(X509Certificate2 certificate) => Shown(certificate.Subject);

    public static string IssuerOf(X509Certificate2 certificate) => Shown(certificate.Issuer);

    public static string Date(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The hosts that it is for.</summary>
    public static string NamesOf(X509Certificate2 certificate)
    {
        List<string> names = [];
        try
        {
            foreach (X509Extension extension in certificate.Extensions)
            {
                if (extension is not X509SubjectAlternativeNameExtension alternative) continue;
                names.AddRange(alternative.EnumerateDnsNames());
                foreach (System.Net.IPAddress address in alternative.EnumerateIPAddresses())
                    names.Add(address.ToString());
            }
        }
        catch (CryptographicException)
        {
            // Malformed. What could be read is shown.
        }

        // RFC 9525 §2: a common name is no host name, however much it looks like one.
        if (names.Count == 0) return "no host at all";

        string shown = Shown(string.Join(", ", names.GetRange(0, Math.Min(names.Count, MostNames))));
        return names.Count <= MostNames ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Count - MostNames} more");
    }

    private static string Shown(string text)
    {
        if (text.Length == 0) return "without a name";
        string cut = text.Length <= LongestName ? text : text[..LongestName] + "…";
        return string.Create(cut.Length, cut, static (shown, from) =>
        {
            for (int i = 0; i < shown.Length; i++)
                shown[i] = char.IsControl(from[i]) ? '?' : from[i];
        });
    }
}
