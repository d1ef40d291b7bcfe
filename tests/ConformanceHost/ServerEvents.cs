namespace TypedSocketRedis.ConformanceHost;

/// <summary>The events that other servers of the cluster send.</summary>
internal sealed class ServerEvents(ProgramOptions options, HostLog log)
{
    public void AddTo(ISocketNamespace<AnyEvents> ns)
    {
        foreach (var name in new[] { "note", "note-2" })
        {
            ns.OnServerEvent(name, arguments =>
            {
                log.Add(ns.Path, name, arguments);
                return Task.CompletedTask;
            });
        }

        ns.OnServerEvent("who-is-there", Task<SocketArguments?> (arguments) =>
        {
            log.Add(ns.Path, "who-is-there", arguments[..1]);
            var names = arguments[0].GetValue() as IEnumerable<object?>;
            var acknowledges = names is null || names.Contains(options.Name);
            return Task.FromResult<SocketArguments?>(acknowledges ? SocketArguments.Of(options.Name) : null);
        });
    }
}
