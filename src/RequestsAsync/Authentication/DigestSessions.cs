namespace RequestsAsync;

/// <summary>One user's Digest sessions, so that requests to a known protection space are answered before they are asked. Thread-safe.</summary>
/// <param name="credentials">Whose answers these are.</param>
/// <param name="newCnonce">Makes a client nonce: printable ASCII that nobody can guess.</param>
internal sealed class DigestSessions(UserCredentials credentials, Func<string> newCnonce)
{
    /// <summary>A crawler may meet any number of servers; it needs only those of late.</summary>
    private const int Capacity = 64;

    private readonly Lock _lock = new();

    // The one used last comes first.
    private readonly List<(ProtectionSpace Space, DigestSession Session)> _known = [];

    /// <summary>The session whose protection space covers the URL, or <see langword="null"/>.</summary>
    public DigestSession? Find(string url)
    {
        lock (_lock)
        {
            int index = _known.FindIndex(known => known.Space.Covers(url));
            return index < 0 ? null : MoveToFront(index);
        }
    }

    /// <summary>The session that answers a challenge: the one that has its nonce already, or a new one.</summary>
    public DigestSession Open(DigestChallenge challenge, ProtectionSpace space)
    {
        DigestSession opened = new(challenge, credentials, newCnonce());
        lock (_lock)
        {
            // Servers that never change their nonce must still see its count rise.
            int index = _known.FindIndex(known => known.Space.Origin == space.Origin && known.Session.Continues(challenge));
            if (index >= 0) return MoveToFront(index);

            // Of requests that were challenged side by side the last one's nonce is kept.
            _known.RemoveAll(known => known.Space.IsSameAs(space) && known.Session.Realm == challenge.Realm);
            _known.Insert(0, (space, opened));
            if (_known.Count > Capacity) _known.RemoveAt(Capacity);
            return opened;
        }
    }

    /// <summary>Goes on with the next nonce of a session, unless another answer has replaced the session by now.</summary>
    public void Advance(DigestSession session, string nextNonce)
    {
        lock (_lock)
        {
            int index = IndexOf(session);
            if (index >= 0) _known[index] = (_known[index].Space, session.WithNonce(nextNonce));
        }
    }

    /// <summary>Forgets a session whose answer was refused.</summary>
    public void Close(DigestSession session)
    {
        lock (_lock)
        {
            int index = IndexOf(session);
            if (index >= 0) _known.RemoveAt(index);
        }
    }

    private int IndexOf(DigestSession session) => _known.FindIndex(known => ReferenceEquals(known.Session, session));

    private DigestSession MoveToFront(int index)
    {
        (ProtectionSpace Space, DigestSession Session) found = _known[index];
        if (index > 0)
        {
            _known.RemoveAt(index);
            _known.Insert(0, found);
        }

        return found.Session;
    }
}
