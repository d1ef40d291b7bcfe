using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The checks of the registered handlers when the server starts.</summary>
internal static class HandlerChecks
{
    /// <summary>Throws for the first fault.</summary>
    /// <exception cref="InvalidOperationException">A handler or an event is registered twice, or a service is missing.</exception>
    public static void Run(IReadOnlyList<HandlerRegistration> handlers, IServiceProvider services)
    {
        Twice(handlers);
        foreach (var path in handlers.Where(one => one.Namespaces is null).SelectMany(one => one.Handler.Contracts)
            .Select(contract => contract.Path).Distinct(StringComparer.Ordinal))
        {
            Events(path, handlers.Where(one => one.Namespaces is null)
                .SelectMany(one => one.ContractsIn(path, isDynamic: false).Select(contract => (one.Handler, contract))));
        }

        foreach (var group in handlers.Where(one => one.Namespaces is not null).GroupBy(one => one.PatternKey))
            Events($"pattern {group.Key!.Value.Pattern}", group.SelectMany(one => one.Handler.Contracts.Select(c => (one.Handler, c))));
        if (services.GetService<IServiceProviderIsService>() is not { } known) return;
        foreach (var one in handlers) Services(one, known);
        if (known.IsService(typeof(IAuthorizationService))) return;
        if (handlers.FirstOrDefault(one => HasAuthorization(one.Handler)) is { } guarded) throw new InvalidOperationException(
            $"{guarded.Handler.Type} has [Authorize], but the application has no authorization services. "
            + "Call builder.Services.AddAuthorization().");
    }

    /// <summary>Throws if one event has two handlers in a namespace.</summary>
    /// <param name="place">The namespace, for the message.</param>
    /// <param name="contracts">The contracts that are handled in it.</param>
    public static void Events(string place, IEnumerable<(HandlerDescription Handler, HandledContract Contract)> contracts)
    {
        var known = new Dictionary<(bool IsOfServers, string Name), (HandlerDescription Handler, HandledContract Contract)>();
        foreach (var one in contracts)
        {
            foreach (var name in one.Contract.Events)
            {
                if (known.TryAdd((one.Contract.Direction == ContractDirection.Servers, name), one)) continue;
                var first = known[(one.Contract.Direction == ContractDirection.Servers, name)];
                throw new InvalidOperationException(
                    $"Event \"{name}\" of namespace {place} has two handlers: {first.Handler.Type} for {first.Contract.Type}, and "
                    + $"{one.Handler.Type} for {one.Contract.Type}. Remove one of them.");
            }
        }
    }

    private static void Twice(IEnumerable<HandlerRegistration> handlers)
    {
        foreach (var group in handlers.GroupBy(one => (one.Handler.Type, one.PatternKey)))
        {
            if (group.Count() > 1) throw new InvalidOperationException(
                $"{group.Key.Type} is added twice with AddHandler. Remove one of the calls.");
        }
    }

    private static void Services(HandlerRegistration registration, IServiceProviderIsService known)
    {
        var handler = registration.Handler;
        foreach (var service in handler.Services)
        {
            var isKnown = service.Key is null ? known.IsService(service.Type)
                : (known as IServiceProviderIsKeyedService)?.IsKeyedService(service.Type, service.Key) ?? true;
            if (!isKnown) throw new InvalidOperationException(
                $"The constructor of {handler.Type} requires {service.Type}"
                + (service.Key is null ? "" : $" with key {service.Key}")
                + ", which is not registered. " + (registration.Server.Length > 0 && service is { Key: null, Type.Name: "IEmitter`1" }
                    ? $"The emitters of this server have a key: [FromKeyedServices(\"{registration.Server}\")]."
                    : "Add it to the application's services."));
        }
    }

    private static bool HasAuthorization(HandlerDescription handler) =>
        HandlerMetadata.Authorization(handler.Metadata).Count > 0
        || handler.Contracts.Any(contract => contract.Events.Any(name =>
            HandlerMetadata.Authorization(handler, contract, name).Count > 0));
}
