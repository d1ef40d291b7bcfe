using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.History;

/// <summary>Compares the events of a contract with those of its history.</summary>
internal sealed class WireComparison
{
    private static readonly WireFlow ToClient = new(IsSentByNew: true, HasClient: true);
    private static readonly WireFlow FromClient = new(IsSentByNew: false, HasClient: true);
    private static readonly WireFlow ToServer = new(IsSentByNew: true, HasClient: false);
    private static readonly WireFlow FromServer = new(IsSentByNew: false, HasClient: false);

    private readonly WireContract _old;
    private readonly WireContract _now;
    private readonly List<WireChange> _changes = [];
    private readonly WireTypeComparison _types;

    private WireComparison(WireContract old, WireContract now)
    {
        (_old, _now) = (old, now);
        _types = new(old, now, _changes);
    }

    /// <summary>Returns the changes that break older clients, and between servers older servers, each place and reason once.</summary>
    public static IReadOnlyList<WireChange> Find(WireContract old, WireContract now)
    {
        var comparison = new WireComparison(old, now);
        comparison.Contract();
        return [.. comparison._changes.GroupBy(c => (c.Reason.Id, c.Place)).Select(g => g.First())];
    }

    private void Contract()
    {
        var whole = new WirePlace("", WirePlace.Whole);
        if (_old.Direction != _now.Direction) Moved("direction", _old.Direction, _now.Direction);
        if (_old.Path != _now.Path) Moved("namespace", _old.Path, _now.Path);
        if (_old.ErrorFirst != _now.ErrorFirst) Moved("ErrorFirstAcks", Bool(_old.ErrorFirst), Bool(_now.ErrorFirst));
        if (_old.Direction != _now.Direction) return;
        foreach (var e in _old.Events.Values.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (_now.Events.TryGetValue(e.Name, out var same)) Event(e, same);
            else _changes.Add(new(Descriptors.HistoryEvent, whole, e.Name, Older));
        }

        void Moved(string what, string before, string after) =>
            _changes.Add(new(Descriptors.HistoryContract, whole, what, before, after, Older));

        static string Bool(bool value) => value ? "true" : "false";
    }

    private string Older => _now.Direction == "servers" ? ToServer.Older : ToClient.Older;

    private void Event(WireEvent old, WireEvent now)
    {
        switch (_now.Direction)
        {
            case "events":
                Sent(old, now, ToClient);
                if ((old.Ack is null) != (now.Ack is null)) AckChanged(now, ToClient);
                Ack(old, now, FromClient);
                break;
            case "commands":
                Received(old, now, FromClient);
                if (old.Ack is not null && now.Ack is null) AckChanged(now, ToClient);
                Ack(old, now, ToClient);
                break;
            default:
                Sent(old, now, ToServer);
                Received(old, now, FromServer);
                if ((old.Ack is null) != (now.Ack is null)) AckChanged(now, ToServer);
                Ack(old, now, ToServer);
                Ack(old, now, FromServer);
                break;
        }
    }

    // Older receivers take the arguments of the present event.
    private void Sent(WireEvent old, WireEvent now, WireFlow flow)
    {
        for (var i = 0; i < old.Arguments.Count; i++)
        {
            var place = new WirePlace(now.Name, i);
            if (i < now.Arguments.Count) _types.Slot(now.Arguments[i], old.Arguments[i], flow, place);
            else if (!flow.AcceptsMissing(old.Arguments[i]))
                _changes.Add(new(Descriptors.HistoryArgument, place with { Argument = WirePlace.Whole }, $"{i + 1}", flow.Older));
        }

        // The callback of a client is its last argument.
        if (flow.HasClient && now.Ack is not null && now.Arguments.Count > old.Arguments.Count)
            _changes.Add(new(Descriptors.HistoryCallback, new(now.Name, old.Arguments.Count)));
    }

    // The present receivers take the arguments of older senders, of which surplus ones are ignored.
    private void Received(WireEvent old, WireEvent now, WireFlow flow)
    {
        for (var i = 0; i < now.Arguments.Count; i++)
        {
            var place = new WirePlace(now.Name, i);
            if (i < old.Arguments.Count) _types.Slot(old.Arguments[i], now.Arguments[i], flow, place);
            else if (!flow.AcceptsMissing(now.Arguments[i]) && !old.Arguments.Exists(a => a.IsRest))
                _changes.Add(new(Descriptors.HistoryRequired, place, flow.Older));
        }
    }

    private void Ack(WireEvent old, WireEvent now, WireFlow flow)
    {
        if (old.Ack is null || now.Ack is null) return;
        var (sent, received) = flow.IsSentByNew ? (now.Ack, old.Ack) : (old.Ack, now.Ack);
        _types.Slot(sent, received, flow, new(now.Name, WirePlace.Ack));
    }

    private void AckChanged(WireEvent now, WireFlow flow) =>
        _changes.Add(new(
            Descriptors.HistoryAck, new(now.Name, WirePlace.Whole), now.Ack is null ? "no longer has" : "now has", flow.Older));
}
