namespace RequestsAsync;

/// <summary>The limits and the clock of a <see cref="CookieJar"/>.</summary>
public sealed class CookieJarOptions
{
    /// <summary>How many cookies one domain may have.</summary>
    /// <value>50 unless set; at least 1.</value>
    /// <remarks>
    /// One too many, and those that have expired go, then the one that was not sent for the longest time; cookies that are not Secure
    /// go first.
    /// </remarks>
    /// <exception cref="InvalidRequestException">The number is below 1.</exception>
    public int MaxCookiesPerDomain { get; init => field = Positive(value, nameof(MaxCookiesPerDomain)); } = 50;

    /// <summary>How many cookies the jar may hold.</summary>
    /// <value>3000 unless set; at least 1.</value>
    /// <remarks>One too many, and those that have expired go, then the one that was not sent for the longest time.</remarks>
    /// <exception cref="InvalidRequestException">The number is below 1.</exception>
    public int MaxCookies { get; init => field = Positive(value, nameof(MaxCookies)); } = 3000;

    /// <summary>The clock by which cookies expire.</summary>
    /// <value><see cref="TimeProvider.System"/> unless set.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The public suffixes, or <see langword="null"/> for the list in the library.</summary>
    internal PublicSuffixList? PublicSuffixes { get; init; }

    private static int Positive(int value, string name) =>
        value > 0 ? value : throw new InvalidRequestException($"{name} is {value}; a jar holds at least 1, and CookieJar.None none.");
}
