using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.History;

/// <summary>Compares the type that a party sends with the type that the other one, of another version, expects.</summary>
internal sealed class WireTypeComparison(WireContract old, WireContract now, List<WireChange> changes)
{
    private readonly HashSet<(string Sent, string Received, WireFlow Flow)> _known = [];

    /// <summary>Compares arguments, acknowledgements or properties.</summary>
    public void Slot(WireSlot sent, WireSlot received, WireFlow flow, WirePlace place)
    {
        if ((flow.CanOmit(sent) && !flow.AcceptsMissing(received)) || (flow.CanBeNull(sent) && !flow.AcceptsNull(received)))
            Missing(flow, place);
        Type(sent.Type, received.Type, flow, place);
    }

    private void Missing(WireFlow flow, WirePlace place) =>
        changes.Add(new(flow.IsSentByNew ? Descriptors.HistoryMissing : Descriptors.HistoryRequired, place, flow.Older));

    private void Type(WireType sent, WireType received, WireFlow flow, WirePlace place)
    {
        if (received.Name == WireNames.Any) return;
        var (from, to) = (Shape(sent, flow.IsSentByNew), Shape(received, !flow.IsSentByNew));
        if (from is not null && to is not null && !_known.Add((sent.Name, received.Name, flow))) return;
        if (from is WireAlias alias) Type(alias.Type, received, flow, place);
        else if (to is WireAlias expected) Type(sent, expected.Type, flow, place);
        else if (from is null && to is null) Value(sent, received, flow, place);
        else if (!Shapes(from, to, sent, received, flow, place)) Changed(sent, received, flow, place);
    }

    private WireShape? Shape(WireType type, bool isNew) =>
        (isNew ? now : old).Shapes.TryGetValue(type.Name, out var shape) ? shape : null;

    private void Value(WireType sent, WireType received, WireFlow flow, WirePlace place)
    {
        var isSame = sent.Name == received.Name && (sent.Name == WireType.Tuple || sent.Items.Length == received.Items.Length);
        if (!isSame && !(sent.Items.Length + received.Items.Length == 0 && WireNames.Accepts(received.Name, sent.Name, flow.IsToClient)))
        {
            Changed(sent, received, flow, place);
            return;
        }

        for (var i = 0; i < received.Items.Length; i++)
        {
            var item = received.Items[i];
            if (i >= sent.Items.Length)
            {
                if (!item.IsNullable) Changed(sent, received, flow, place);
                return;
            }

            if (sent.Items[i].IsNullable && !item.IsNullable) Missing(flow, place);
            Type(sent.Items[i], item, flow, place);
        }
    }

    private bool Shapes(WireShape? from, WireShape? to, WireType sent, WireType received, WireFlow flow, WirePlace place)
    {
        switch (from, to)
        {
            case (WireObject one, WireObject other): Objects(one, other, flow, place); return true;
            case (WireEnum one, WireEnum other): return Enums(one, other, flow, place);
            case (WireEnum one, null): return one.IsText ? received.Name == "string" : Accepts(one.Form, received.Name);
            case (null, WireEnum other): return !flow.IsToClient && !other.IsText && Accepts(sent.Name, other.Form);
            case (WireUnion one, WireUnion other): return Unions(one, other, flow, place);
            case (WireUnion one, WireObject other):
                foreach (var variant in one.Variants.Values) Type(new(variant), new(other.Name), flow, place);
                return true;
            case (WireObject one, WireUnion other) when other.Variants.TryGetValue("", out var itself):
                Type(new(one.Name), new(itself), flow, place);
                return true;
            default: return false;
        }

        bool Accepts(string value, string expected) => WireNames.Accepts(expected, value, flow.IsToClient);
    }

    private void Objects(WireObject sent, WireObject received, WireFlow flow, WirePlace place)
    {
        place = place with { Shape = flow.IsSentByNew ? sent.Name : received.Name };
        foreach (var expected in received.Members.Where(flow.IsReceived))
        {
            var names = received.IgnoresCase && !flow.IsToClient ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            var member = sent.Members.Find(m => m.Name == expected.Name) ?? sent.Members.Find(m => m.Name.Equals(expected.Name, names));
            if (member is not null && flow.IsSent(member))
                Slot(member, expected, flow, place with { Member = flow.IsSentByNew ? member.Name : expected.Name });
            else if (flow.AcceptsMissing(expected)) continue;
            else if (flow.IsSentByNew) changes.Add(new(Descriptors.HistoryProperty, place, expected.Name, flow.Older));
            else changes.Add(new(Descriptors.HistoryRequired, place with { Member = expected.Name }, flow.Older));
        }
    }

    private bool Enums(WireEnum sent, WireEnum received, WireFlow flow, WirePlace place)
    {
        place = place with { Shape = flow.IsSentByNew ? sent.Name : received.Name };
        if (flow.IsToClient && sent.IsText != received.IsText) return false;
        if (sent.Form == WireEnum.Flags && received.Form == WireEnum.Text) return false;
        if (!sent.IsText && !received.IsText)
        {
            if (!WireNames.Accepts(received.Form, sent.Form, flow.IsToClient)) return false;
            foreach (var member in sent.Members)
                if (received.Members.TryGetValue(member.Key, out var number) && number != member.Value)
                    changes.Add(new(Descriptors.HistoryNumber, place, member.Key, flow.Older));
        }

        foreach (var member in sent.Members)
            if (!Reads(received, member, sent.IsText)) Unknown(member.Key, Descriptors.HistoryText, flow, place);
        return true;
    }

    // Servers read the texts and names of members in any case, and numbers.
    private static bool Reads(WireEnum received, KeyValuePair<string, string> member, bool isText) => isText
        ? received.Members.Keys.Contains(member.Key, StringComparer.OrdinalIgnoreCase)
        : received.Members.ContainsValue(member.Value);

    private bool Unions(WireUnion sent, WireUnion received, WireFlow flow, WirePlace place)
    {
        if (sent.Property != received.Property) return false;
        place = place with { Shape = flow.IsSentByNew ? sent.Name : received.Name };
        foreach (var variant in sent.Variants)
        {
            if (received.Variants.TryGetValue(variant.Key, out var expected)) Type(new(variant.Value), new(expected), flow, place);
            else if (!received.IsOpen) Unknown(variant.Key, Descriptors.HistoryVariant, flow, place);
        }

        return true;
    }

    // Clients get new values without notice, so their code has to expect them.
    private void Unknown(string value, DiagnosticDescriptor removed, WireFlow flow, WirePlace place)
    {
        if (flow.IsToClient) return;
        changes.Add(new(flow.IsSentByNew ? Descriptors.HistoryValue : removed, place, value, flow.Older));
    }

    private void Changed(WireType sent, WireType received, WireFlow flow, WirePlace place)
    {
        var (before, after) = flow.IsSentByNew ? (received, sent) : (sent, received);
        changes.Add(new(Descriptors.HistoryType, place, WireText.Text(before), WireText.Text(after), flow.Older));
    }
}
