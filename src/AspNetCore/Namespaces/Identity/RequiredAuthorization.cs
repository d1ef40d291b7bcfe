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

    /// <summary>Adds policies of the application, or its default policy if there are none.</summary>
    /// <exception cref="ArgumentNullException">The list or a name is null.</exception>
    public void Add(string[] policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        foreach (var policy in policies) ArgumentNullException.ThrowIfNull(policy, nameof(policies));
        IAuthorizeData[] data = [.. policies.Select(static policy => new AuthorizeAttribute(policy))];
        Add(data is [] ? [new AuthorizeAttribute()] : data);
    }

    /// <exception cref="ArgumentNullException">The list or an element is null.</exception>
    public void Add(IAuthorizeData[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (var one in data) ArgumentNullException.ThrowIfNull(one, nameof(data));
        foreach (var one in data) _required.Add(one);
    }

    /// <exception cref="ArgumentNullException">The policy is null.</exception>
    public void Add(AuthorizationPolicy policy) => _required.Add(policy);

    /// <exception cref="ArgumentNullException">The delegate is null.</exception>
    public void Add(Action<AuthorizationPolicyBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var policy = new AuthorizationPolicyBuilder();
        configure(policy);
        Add(policy.Build());
    }

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
