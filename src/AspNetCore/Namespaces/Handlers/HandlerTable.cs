using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The handler classes and filters of a server, checked when it starts.</summary>
internal sealed class HandlerTable
{
    private readonly ImmutableArray<HandlerRegistration> _handlers;
    private readonly ImmutableArray<FilterRegistration> _filters;

    /// <summary>Reads the registrations of a server from the application's services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="server">The name of the server, or empty for the one without a name.</param>
    /// <exception cref="InvalidOperationException">A handler or an event is registered twice, or a service is missing.</exception>
    public HandlerTable(IServiceProvider services, string server)
    {
        _handlers = [.. services.GetServices<HandlerRegistration>().Where(one => one.Server == server)];
        _filters = [.. services.GetServices<FilterRegistration>().Where(one => one.Server == server)];
        HandlerChecks.Run(_handlers, services);
    }

    /// <summary>Creates each filter once, in a scope that ends with the check.</summary>
    /// <param name="services">The application's services.</param>
    /// <exception cref="InvalidOperationException">A filter cannot be created, for example because a service is not registered.</exception>
    public async Task CheckFiltersAsync(IServiceProvider services)
    {
        var scope = services.CreateAsyncScope();
        await using var ends = scope.ConfigureAwait(false);
        foreach (var filter in _filters)
        {
            try
            {
                filter.Create(scope.ServiceProvider);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"The filter {filter.Type} cannot be created: {exception.Message}", exception);
            }
        }
    }

    /// <summary>The namespaces that contracts name, which are created when the server starts.</summary>
    public IEnumerable<string> Paths => _handlers.Where(handler => handler.Namespaces is null)
        .SelectMany(handler => handler.Handler.Contracts).Select(contract => contract.Path).Distinct(StringComparer.Ordinal);

    /// <summary>The patterns of dynamic namespaces, each once.</summary>
    public IEnumerable<Regex> Patterns => _handlers.Where(handler => handler.Namespaces is not null)
        .DistinctBy(handler => handler.PatternKey).Select(handler => handler.Namespaces!);

    /// <summary>The authorization that the attributes of the handlers require, each with the handler or its event.</summary>
    public IEnumerable<(string Place, RequiredAuthorization Required)> Authorization
    {
        get
        {
            foreach (var handler in _handlers.Select(one => one.Handler))
            {
                yield return Required($"handler {handler.Type}", HandlerMetadata.Authorization(handler.Metadata));
                foreach (var contract in handler.Contracts)
                {
                    foreach (var name in contract.Events)
                        yield return Required(
                            $"event \"{name}\" of handler {handler.Type}", HandlerMetadata.Authorization(handler, contract, name));
                }
            }
        }
    }

    /// <summary>Adds the handlers of a namespace.</summary>
    /// <param name="ns">The namespace, which no client can have joined yet.</param>
    /// <param name="handlers">The handlers of its clients.</param>
    /// <param name="serverEvents">Its handlers of events from other servers.</param>
    /// <returns>The filters of its events, or null for none.</returns>
    /// <exception cref="InvalidOperationException">Two handlers handle one event.</exception>
    public EventPipeline? Bind(HandlerNamespace ns, NamespaceHandlers handlers, ServerEventHandlers serverEvents)
    {
        var bound = _handlers.SelectMany(one => one.ContractsIn(ns.Path, ns.IsDynamic).Select(contract => (Registration: one, contract)))
            .ToLookup(pair => pair.Registration, pair => pair.contract);
        var all = bound.SelectMany(one => one.Select(contract => (one.Key.Handler, contract))).ToArray();
        HandlerChecks.Events(ns.Path, all);
        foreach (var one in bound)
        {
            handlers.Required.Add([.. HandlerMetadata.Authorization(one.Key.Handler.Metadata)]);
            one.Key.Handler.Bind(one, ns, one.Key.Lifetime, handlers, serverEvents);
        }

        var events = new Dictionary<string, IReadOnlyList<object>>(StringComparer.Ordinal);
        foreach (var (handler, contract) in all.Where(one => one.contract.Direction == ContractDirection.Commands))
        {
            foreach (var name in contract.Events)
            {
                if (HandlerMetadata.Authorization(handler, contract, name) is { Count: > 0 } required)
                    handlers.Guards.Require(name, required);
                events[name] = [.. handler.Metadata, .. contract.MetadataOf(name)];
            }
        }

        return _filters.IsEmpty ? null : new EventPipeline(ns.Scopes, _filters, events);
    }

    private static (string Place, RequiredAuthorization Required) Required(string place, IReadOnlyList<IAuthorizeData> data)
    {
        var required = new RequiredAuthorization();
        required.Add([.. data]);
        return (place, required);
    }
}
