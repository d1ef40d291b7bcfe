namespace TypedSocketRedis;

/// <summary>The clients of the namespace in which a handler is used.</summary>
internal interface IHandlerClients
{
    /// <summary>Returns the clients as a start for sending the events of a contract.</summary>
    /// <exception cref="InvalidOperationException">The contract belongs to another namespace.</exception>
    IEmitter<TEvents> Of<TEvents>()
        where TEvents : class;
}
