namespace RequestsAsync.Testing;

/// <summary>What a <see cref="Cassette"/> does with a request.</summary>
public enum CassetteMode
{
    /// <summary>Answers from the file alone; a request that is not there is a <see cref="CassetteMissException"/>. Needs no network.</summary>
    Replay,

    /// <summary>Sends everything and writes the file anew. Entries that have not changed stay as they were.</summary>
    Record,

    /// <summary>Answers from the file what is there, sends what is not, and adds that to the file: <c>new_episodes</c> of VCR.</summary>
    RecordNew,

    /// <summary><see cref="Replay"/> where there is a file, otherwise <see cref="Record"/>: <c>once</c> of VCR.</summary>
    RecordOnce,
}
