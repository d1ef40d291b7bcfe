using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>Checks at the start of the host that the schemes and policies that the server uses exist.</summary>
internal static class IdentityChecks
{
    /// <summary>Checks the schemes and policies of the server, of its handler classes and of the namespaces that exist.</summary>
    /// <exception cref="InvalidOperationException">A scheme or policy does not exist, or its services have not been added.</exception>
    public static async Task CheckAsync(SocketIOServer server, IServiceProvider services)
    {
        if (server.Context.Tokens is { } tokens) await CheckSchemeAsync(tokens, "the server", services).ConfigureAwait(false);

        // Before the namespaces, which have what their handler classes require; those of dynamic namespaces do not exist yet.
        foreach (var (place, required) in server.Namespaces.Classes?.Authorization ?? [])
            await CheckPolicyAsync(required, place, services).ConfigureAwait(false);
        foreach (var (name, handlers) in server.Namespaces.Handlers)
        {
            if (handlers.Authentication is { } own) await CheckSchemeAsync(own, $"namespace {name}", services).ConfigureAwait(false);
            foreach (var required in handlers.Guards.All.Append(handlers.Required))
            {
                await CheckPolicyAsync(required, $"namespace {name}", services).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Returns a value indicating whether an endpoint of the server refuses anonymous clients although they could send a token.
    /// </summary>
    public static async Task<bool> IsAuthorizedBeforeTokenAsync(SocketIOServer server, IServiceProvider services)
    {
        var readsTokens = server.Context.Tokens is not null
            || server.Namespaces.Handlers.Any(static known => known.Handlers.Authentication is not null);
        if (!readsTokens || services.GetService<IAuthorizationPolicyProvider>() is not { } policies) return false;
        var isFallback = await policies.GetFallbackPolicyAsync().ConfigureAwait(false) is not null;
        return services.GetService<EndpointDataSource>()?.Endpoints.Any(endpoint => IsAuthorized(endpoint, server, isFallback)) == true;
    }

    private static bool IsAuthorized(Endpoint endpoint, SocketIOServer server, bool isFallback)
    {
        var metadata = endpoint.Metadata;
        return metadata.Contains(server.Engine)
            && metadata.GetMetadata<IAllowAnonymous>() is null
            && (isFallback
                || metadata.GetMetadata<IAuthorizeData>() is not null
                || metadata.GetMetadata<AuthorizationPolicy>() is not null);
    }

    private static async Task CheckSchemeAsync(TokenAuthentication tokens, string place, IServiceProvider services)
    {
        var schemes = services.GetService<IAuthenticationSchemeProvider>();
        if (schemes is not null && await schemes.GetSchemeAsync(tokens.Scheme).ConfigureAwait(false) is not null) return;
        throw new InvalidOperationException(
            $"AddAuthentication of {place} names the authentication scheme \"{tokens.Scheme}\", which does not exist. Add it: "
            + $"builder.Services.AddAuthentication().AddJwtBearer(\"{tokens.Scheme}\", …), or another scheme.");
    }

    private static async Task CheckPolicyAsync(RequiredAuthorization required, string place, IServiceProvider services)
    {
        if (required.IsEmpty) return;

        // Both are services of the application's choice, so they can be scoped.
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var policies = scope.ServiceProvider.GetService<IAuthorizationPolicyProvider>();
            if (policies is null || scope.ServiceProvider.GetService<IAuthorizationService>() is null) throw new InvalidOperationException(
                $"Authorization is required by {place}, but the application has no authorization services: call "
                + "builder.Services.AddAuthorization().");
            try
            {
                await required.CombineAsync(policies).ConfigureAwait(false);
            }
            catch (InvalidOperationException exception)
            {
                throw new InvalidOperationException(
                    $"The authorization of {place} cannot be used: {exception.Message}", exception);
            }
        }
    }
}
