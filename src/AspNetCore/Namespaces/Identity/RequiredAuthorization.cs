using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The authorization that a namespace or an event requires; all of it has to be fulfilled.</summary>
/// <param name="inherited">The authorization that the group of dynamic namespaces requires, or null for none.</param>
internal sealed class RequiredAuthorization(RequiredAuthorization? inherited = null)
{
    // Each is an IAuthorizeData or an AuthorizationPolicy.
    private readonly HandlerList<object> _required = new(inherited?._required);
    private Combined? _combined;

    public bool IsEmpty => _required.Current.IsEmpty;

    public void Add(IAuthorizeData data) => _required.Add(data);

    public void Add(AuthorizationPolicy policy) => _required.Add(policy);

    /// <summary>Combines everything that is required to one policy.</summary>
    /// <param name="policies">The policies of the application.</param>
    /// <returns>The policy, or null if nothing is required.</returns>
    /// <exception cref="InvalidOperationException">A policy of that name does not exist.</exception>
    public async ValueTask<AuthorizationPolicy?> CombineAsync(IAuthorizationPolicyProvider policies)
    {
        var required = _required.Current;
        if (Volatile.Read(ref _combined) is { } known && known.Of.SequenceEqual(required)) return known.Policy;
        var policy = await CombineAsync(policies, required).ConfigureAwait(false);
        if (policy is not null && policies.AllowsCachingPolicies) Volatile.Write(ref _combined, new Combined(required, policy));
        return policy;
    }

    private static async Task<AuthorizationPolicy?> CombineAsync(IAuthorizationPolicyProvider policies, ImmutableArray<object> required)
    {
        var combined = await AuthorizationPolicy.CombineAsync(
            policies, required.OfType<IAuthorizeData>(), required.OfType<AuthorizationPolicy>()).ConfigureAwait(false);
        IAuthorizationRequirement[] more =
            [.. required.OfType<IAuthorizationRequirementData>().SelectMany(static data => data.GetRequirements())];
        if (more.Length == 0) return combined;
        var own = new AuthorizationPolicyBuilder().AddRequirements(more).Build();
        return combined is null ? own : AuthorizationPolicy.Combine(combined, own);
    }

    private sealed record Combined(ImmutableArray<object> Of, AuthorizationPolicy Policy);
}
