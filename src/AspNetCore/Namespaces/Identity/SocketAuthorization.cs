using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Namespaces;

/// <summary>Authorizes the users of sockets with the policies of the application.</summary>
/// <param name="scopes">The factory of the service scopes in which requirements are handled.</param>
internal sealed class SocketAuthorization(IServiceScopeFactory scopes)
{
    /// <summary>Authorizes the user of a socket, in a service scope of its own.</summary>
    /// <param name="ticket">The authentication of the socket.</param>
    /// <param name="required">The required authorization.</param>
    /// <param name="resource">The resource for the handlers of requirements: the socket, or the event.</param>
    /// <returns>The refusal, or null if the user is authorized.</returns>
    public async ValueTask<IdentityRefusal?> AuthorizeAsync(SocketTicket ticket, RequiredAuthorization required, object resource)
    {
        if (required.IsEmpty) return null;
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await AuthorizeAsync(scope.ServiceProvider, ticket, required, resource).ConfigureAwait(false);
    }

    /// <summary>Authorizes the user of a socket.</summary>
    /// <param name="services">The services of which the policies and the handlers of requirements are.</param>
    /// <param name="ticket">The authentication of the socket.</param>
    /// <param name="required">The required authorization.</param>
    /// <param name="resource">The resource for the handlers of requirements: the socket, or the event.</param>
    /// <returns>The refusal, or null if the user is authorized.</returns>
    public static async ValueTask<IdentityRefusal?> AuthorizeAsync(
        IServiceProvider services, SocketTicket ticket, RequiredAuthorization required, object resource)
    {
        var policies = services.GetRequiredService<IAuthorizationPolicyProvider>();
        if (await required.CombineAsync(policies).ConfigureAwait(false) is not { } policy) return null;

        // The schemes cannot authenticate here: the socket has been authenticated by one of them or not.
        if (policy.AuthenticationSchemes is { Count: > 0 } schemes && !ticket.IsOf(schemes)) return IdentityRefusal.Unauthenticated;
        var result = await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(ticket.User, resource, policy)
            .ConfigureAwait(false);
        if (result.Succeeded) return null;
        return ticket.User.Identities.Any(static identity => identity.IsAuthenticated)
            ? IdentityRefusal.Forbidden
            : IdentityRefusal.Unauthenticated;
    }
}
