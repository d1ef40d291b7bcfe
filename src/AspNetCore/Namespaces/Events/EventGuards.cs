using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;

namespace TypedSocketRedis.Namespaces;

/// <summary>The authorization that events of a namespace require.</summary>
/// <param name="inherited">The guards of the group of dynamic namespaces, or null for none.</param>
internal sealed class EventGuards(EventGuards? inherited = null)
{
    private ImmutableDictionary<string, RequiredAuthorization> _events =
        ImmutableDictionary.Create<string, RequiredAuthorization>(StringComparer.Ordinal);

    /// <summary>The authorization that is required for events.</summary>
    public IEnumerable<RequiredAuthorization> All => inherited is null ? _events.Values : [.. inherited.All, .. _events.Values];

    /// <summary>Returns a value indicating whether an event requires authorization.</summary>
    public bool Has(string name) => _events.ContainsKey(name) || inherited?.Has(name) == true;

    /// <summary>Requires authorization for an event, in addition to what is already required for it.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="data">The required authorization.</param>
    public void Require(string name, IReadOnlyList<IAuthorizeData> data)
    {
        ImmutableInterlocked.GetOrAdd(ref _events, name, static _ => new RequiredAuthorization()).Add([.. data]);
    }

    /// <summary>Authorizes the sender of an event.</summary>
    /// <param name="authorization">The policies of the application.</param>
    /// <param name="ticket">The authentication of the socket.</param>
    /// <param name="sent">The event, which is the resource of the authorization.</param>
    /// <returns>The refusal, or null if the event may be handled.</returns>
    public async ValueTask<IdentityRefusal?> AuthorizeAsync(SocketAuthorization authorization, SocketTicket ticket, SocketEvent sent)
    {
        if (inherited is not null
            && await inherited.AuthorizeAsync(authorization, ticket, sent).ConfigureAwait(false) is { } refusal) return refusal;
        return _events.TryGetValue(sent.Name, out var required)
            ? await authorization.AuthorizeAsync(ticket, required, sent).ConfigureAwait(false)
            : null;
    }
}
