using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>Sends events without a contract, to whom a chain says.</summary>
/// <remarks>
/// <para>An argument is whatever docs/types.md allows for <c>object</c>, or an <see cref="EventArgument"/>. An
/// <see cref="ArgumentException"/> says so when it is something else, or when the name is one of Socket.IO's own:
/// <c>"connect" is a reserved event name.</c></para>
/// <para>Given as a list, arguments are those of an <c>object[]</c>; an array that is to be one argument is cast to
/// <c>object</c>. <c>null</c> alone is one argument.</para>
/// </remarks>
public static class AnyEventsExtensions
{
    /// <summary>Sends an event and awaits nothing; never blocks, and never throws for what happens behind it.</summary>
    /// <typeparam name="TTarget">The end of a chain.</typeparam>
    /// <param name="target">Who receives it.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="ArgumentException">The name or an argument cannot be sent.</exception>
    public static void Emit<TTarget>(this TTarget target, string name, params ReadOnlySpan<object?> arguments)
        where TTarget : struct, IEventTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        target.Send(AnyEventWriter.Write(buffer, name, arguments));
    }

    /// <inheritdoc cref="Emit{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    public static void Emit<TTarget>(this TTarget target, string name, object?[]? arguments)
        where TTarget : struct, IEventTarget<AnyEvents> => target.Emit(name, AnyEventWriter.Arguments(arguments));

    /// <summary>Sends an event with arguments that exist already, for example those of one that came in; they are not decoded.</summary>
    /// <inheritdoc cref="Emit{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    public static void Emit<TTarget>(this TTarget target, string name, EventArguments arguments)
        where TTarget : struct, IEventTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        target.Send(AnyEventWriter.Write(buffer, name, arguments));
    }

    /// <summary>Sends an event; completes when local queues hold it and Redis, if there is one, accepted it.</summary>
    /// <typeparam name="TTarget">The end of a chain.</typeparam>
    /// <param name="target">Who receives it.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The hand-over; it fails when Redis did not accept the event.</returns>
    /// <exception cref="ArgumentException">The name or an argument cannot be sent.</exception>
    public static ValueTask EmitAsync<TTarget>(this TTarget target, string name, params ReadOnlySpan<object?> arguments)
        where TTarget : struct, IEventTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return target.SendAsync(AnyEventWriter.Write(buffer, name, arguments), CancellationToken.None);
    }

    /// <inheritdoc cref="EmitAsync{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    public static ValueTask EmitAsync<TTarget>(this TTarget target, string name, object?[]? arguments)
        where TTarget : struct, IEventTarget<AnyEvents> => target.EmitAsync(name, AnyEventWriter.Arguments(arguments));

    /// <summary>Sends an event with arguments that exist already, for example those of one that came in; they are not decoded.</summary>
    /// <inheritdoc cref="EmitAsync{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    /// <param name="target">Who receives it.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends the wait, not the sending.</param>
    public static ValueTask EmitAsync<TTarget>(
        this TTarget target, string name, EventArguments arguments, CancellationToken cancellationToken = default)
        where TTarget : struct, IEventTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return target.SendAsync(AnyEventWriter.Write(buffer, name, arguments), cancellationToken);
    }

    /// <summary>Sends an event that every receiver is to acknowledge.</summary>
    /// <typeparam name="TTarget">The end of a chain.</typeparam>
    /// <param name="target">Who receives it.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The first argument of each acknowledgement, null where there is none: that is what travels between servers.</returns>
    /// <exception cref="ArgumentException">The name or an argument cannot be sent.</exception>
    /// <exception cref="NotSupportedException">Nobody's acknowledgement could come back here.</exception>
    public static Acks<EventArgument> EmitWithAck<TTarget>(this TTarget target, string name, params ReadOnlySpan<object?> arguments)
        where TTarget : struct, IBroadcastTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return target.Ask(AnyEventWriter.Write(buffer, name, arguments), AnyEventWriter.ReadFirst, CancellationToken.None);
    }

    /// <inheritdoc cref="EmitWithAck{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    public static Acks<EventArgument> EmitWithAck<TTarget>(this TTarget target, string name, object?[]? arguments)
        where TTarget : struct, IBroadcastTarget<AnyEvents> => target.EmitWithAck(name, AnyEventWriter.Arguments(arguments));

    /// <summary>Sends an event with arguments that exist already, which every receiver is to acknowledge.</summary>
    /// <inheritdoc cref="EmitWithAck{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    /// <param name="target">Who receives it.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Acks<EventArgument> EmitWithAck<TTarget>(
        this TTarget target, string name, EventArguments arguments, CancellationToken cancellationToken = default)
        where TTarget : struct, IBroadcastTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return target.Ask(AnyEventWriter.Write(buffer, name, arguments), AnyEventWriter.ReadFirst, cancellationToken);
    }

    /// <summary>Sends an event that the one client is to acknowledge.</summary>
    /// <param name="target">The client.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>All arguments of the acknowledgement. It fails with an <see cref="AckException"/> when the client does not
    /// acknowledge in time (<c>operation has timed out</c>) or is gone.</returns>
    /// <exception cref="ArgumentException">The name or an argument cannot be sent.</exception>
    public static Task<EventArguments> EmitWithAckAsync(
        this SocketClient<AnyEvents> target, string name, params ReadOnlySpan<object?> arguments)
    {
        using var buffer = PooledBuffer.Rent();
        return target.AskAllAsync(AnyEventWriter.Write(buffer, name, arguments), CancellationToken.None);
    }

    /// <inheritdoc cref="EmitWithAckAsync(SocketClient{AnyEvents}, string, ReadOnlySpan{object?})"/>
    public static Task<EventArguments> EmitWithAckAsync(this SocketClient<AnyEvents> target, string name, object?[]? arguments) =>
        target.EmitWithAckAsync(name, AnyEventWriter.Arguments(arguments));

    /// <summary>Sends an event with arguments that exist already, which the one client is to acknowledge.</summary>
    /// <inheritdoc cref="EmitWithAckAsync(SocketClient{AnyEvents}, string, ReadOnlySpan{object?})"/>
    /// <param name="target">The client.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<EventArguments> EmitWithAckAsync(
        this SocketClient<AnyEvents> target, string name, EventArguments arguments, CancellationToken cancellationToken = default)
    {
        using var buffer = PooledBuffer.Rent();
        return target.AskAllAsync(AnyEventWriter.Write(buffer, name, arguments), cancellationToken);
    }
}
