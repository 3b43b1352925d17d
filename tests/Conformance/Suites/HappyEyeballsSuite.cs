using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The race of addresses as curl and aiohappyeyeballs test theirs, and the constants of RFC 8305.</summary>
internal sealed class HappyEyeballsSuite : Suite
{
    private static readonly TimeSpan DefaultDelay = new ConnectionOptions().AttemptDelay;

    public override string Name => "happy-eyeballs";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement data = ReadJson(folder, "cases.json");
        return
        [
            .. data.GetProperty("curl_unit2600").GetProperty("rows").EnumerateArray().Select(Curl),
            .. data.GetProperty("aiohappyeyeballs").EnumerateArray().Select(AioHappyEyeballs),
            .. data.GetProperty("rfc8305_constants").EnumerateObject().Select(Constant),
        ];
    }

    /// <summary>All attempts of such a row fail, after a time by family.</summary>
    private static CaseResult Curl(JsonElement row)
    {
        string id = $"curl {row[0]}";
        TimeSpan ofV4 = Milliseconds(row[5]);
        TimeSpan ofV6 = Milliseconds(row[6]);
        AddressFamily? only = row[2].GetString() switch { "v4" => AddressFamily.InterNetwork, "v6" => AddressFamily.InterNetworkV6, _ => null };
        HappyEyeballsRace race = new HappyEyeballsRace
        {
            Duration = address => IsV6(address) ? ofV6 : ofV4,
            Failure = _ => SocketError.ConnectionRefused,
        }.Run([.. row[1].EnumerateArray().Select(address => IPAddress.Parse(address.GetString()!))], Milliseconds(row[4]), only);

        // "TMOT" is curl's connect timeout, which is far away.
        bool isInTime = race.Elapsed >= Milliseconds(row[9]) && (row[10].ValueKind != JsonValueKind.Number || race.Elapsed <= Milliseconds(row[10]));
        if (!isInTime) return CaseResult.Failed(id, $"took {race.Elapsed.TotalMilliseconds} ms");
        if (!race.IsClean) return CaseResult.Failed(id, "something is left");

        string expected = $"v4 {row[7]}, v6 {row[8]}, first {row[12].GetString() ?? "any"}, at once {row[13]}, {row[11]}";
        string first = row[12].ValueKind == JsonValueKind.Null ? "any" : Family(race.Attempts[0]);
        string actual = $"v4 {race.Attempts.Count(address => !IsV6(address))}, v6 {race.Attempts.Count(IsV6)}, first {first}, at once {race.MostAtOnce}, {(race.Winner is null ? "fail" : "ok")}";
        return CaseResult.Equal(id, expected, actual);
    }

    private static CaseResult AioHappyEyeballs(JsonElement item)
    {
        string id = "aiohappyeyeballs " + item.GetRawText().ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal);
        if (item.TryGetProperty("note", out JsonElement note)) return Note(id, note.GetString()!);
        if (item.TryGetProperty("expect", out JsonElement expect)) return AllFail(id, item.GetProperty("addresses").GetString()! + " " + expect.GetString());

        IPAddress[] addresses = [.. item.GetProperty("addresses").EnumerateArray().Select((address, index) => Parse(address.GetString()!, index))];
        HashSet<string> failing = [.. item.GetProperty("connect_fails").EnumerateArray().Select(name => name.GetString()!)];
        HappyEyeballsRace race = new HappyEyeballsRace
        {
            Failure = address =>
                failing.Contains(address.ToString()) || failing.Contains(Family(address)) || failing.Contains(Ordinal(addresses, address)) ? SocketError.ConnectionRefused : null,
        }.Run(
            addresses,
            item.TryGetProperty("delay_s", out JsonElement delay) ? TimeSpan.FromSeconds(delay.GetDouble()) : DefaultDelay,
            firstFamilyCount: item.TryGetProperty("interleave", out JsonElement count) ? count.GetInt32() : 1);

        if (race.Winner is not { Address: var winner } || !race.IsClean) return CaseResult.Failed(id, race.Error?.Message ?? "something is left");
        return item.TryGetProperty("winner", out JsonElement which)
            ? CaseResult.Equal(id, which.GetString(), Ordinal(addresses, winner))
            : CaseResult.Equal(id, item.GetProperty("winner_family").GetString(), Family(winner));
    }

    private static CaseResult AllFail(string id, string text)
    {
        IPAddress[] addresses = [IPAddress.IPv6Loopback, IPAddress.Loopback];
        bool isSame = text.Contains("same", StringComparison.Ordinal);
        HappyEyeballsRace race = new HappyEyeballsRace
        {
            Failure = address => isSame || IsV6(address) ? SocketError.ConnectionRefused : SocketError.HostUnreachable,
        }.Run(addresses, DefaultDelay);

        string message = race.Error is ConnectException ? race.Error.Message : "";
        bool namesAll = Array.TrueForAll(addresses, address => message.Contains(address.ToString(), StringComparison.Ordinal));
        bool namesErrors = Count(message, "connection refused") == 1 && Count(message, "no route") == (isSame ? 0 : 1);
        return namesAll && namesErrors && race.IsClean ? CaseResult.Passed(id) : CaseResult.Failed(id, race.Error?.ToString() ?? "no error");
    }

    private static CaseResult Note(string id, string note)
    {
        IPAddress[] addresses = [IPAddress.IPv6Loopback, IPAddress.Loopback];
        if (note.Contains("cancellation", StringComparison.Ordinal))
        {
            HappyEyeballsRace cancelled = new HappyEyeballsRace { Duration = _ => TimeSpan.FromMinutes(1) }.Run(addresses, DefaultDelay, cancelledAfter: DefaultDelay * 2);
            return cancelled is { Error: OperationCanceledException, IsClean: true, Attempts.Count: 2 } ? CaseResult.Passed(id) : CaseResult.Failed(id, $"{cancelled.Error}");
        }

        // Both connect at the same moment, the second after the delay and the first that much later.
        HappyEyeballsRace race = new HappyEyeballsRace
        {
            Duration = address => IsV6(address) ? DefaultDelay * 2 : DefaultDelay,
            HeedsToken = false,
        }.Run(addresses, DefaultDelay);
        return race is { Winner: not null, IsClean: true, Made.Count: 2 } ? CaseResult.Passed(id) : CaseResult.Failed(id, $"{race.Error}, {race.Made.Count} connections");
    }

    private static CaseResult Constant(JsonProperty constant)
    {
        string id = $"RFC 8305 {constant.Name}";
        switch (constant.Name)
        {
            case "first_address_family_count":
                IPAddress[] order = AddressOrder.Of([IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.IPv6Any], only: null);
                return CaseResult.Equal(id, constant.Value.GetInt32(), order.TakeWhile(IsV6).Count());
            case "connection_attempt_delay_ms":
                bool isDefault = DefaultDelay == Milliseconds(constant.Value.GetProperty("default"));
                TimeSpan least = Milliseconds(constant.Value.GetProperty("min"));
                bool isLeast = IsAllowed(least) && !IsAllowed(least - TimeSpan.FromTicks(1));
                return isDefault && isLeast ? CaseResult.Passed(id) : CaseResult.Failed(id, $"the default is {DefaultDelay}");
            default:
                return CaseResult.Disputed(id, "the platform's resolver answers for both families at once, so there is no second answer to wait for");
        }

        static bool IsAllowed(TimeSpan delay)
        {
            try
            {
                new ConnectionOptions { AttemptDelay = delay }.Check();
                return true;
            }
            catch (InvalidRequestException)
            {
                return false;
            }
        }
    }

    /// <summary>Reads <c>v6:dead:beef::</c>; a bare <c>v6</c> or <c>v4</c> is any address of that family.</summary>
    private static IPAddress Parse(string text, int index) => text switch
    {
        "v4" => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"192.0.2.{index + 1}")),
        "v6" => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2001:db8::{index + 1}")),
        _ => IPAddress.Parse(text[3..]),
    };

    private static string Ordinal(IPAddress[] addresses, IPAddress address) => Array.IndexOf(addresses, address) switch { 0 => "first", 1 => "second", _ => "third" };

    private static string Family(IPAddress address) => IsV6(address) ? "v6" : "v4";

    private static bool IsV6(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static TimeSpan Milliseconds(JsonElement value) => TimeSpan.FromMilliseconds(value.GetDouble());
}
