using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>Sends events without a contract to the receivers of a chain.</summary>
/// <remarks>
/// <para>An argument can be of any type that docs/types.md lists for <c>object</c>, or an <see cref="SocketArgument"/>. An
/// <see cref="ArgumentException"/> is thrown for any other type, and for an event name that Socket.IO reserves:
/// <c>"connect" is a reserved event name.</c></para>
/// <para>An <c>object[]</c> is the list of arguments; cast an array to <c>object</c> to send it as one argument. <c>null</c> alone is one
/// argument.</para>
/// </remarks>
public static class AnyEventsExtensions
{
    /// <summary>Sends an event without awaiting its delivery; never blocks, and never throws for a failed delivery.</summary>
    /// <typeparam name="TTarget">The type of the target.</typeparam>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The event's arguments.</param>
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

    /// <summary>Sends an event with existing arguments, for example those of a received event, which are not decoded.</summary>
    /// <inheritdoc cref="Emit{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    public static void Emit<TTarget>(this TTarget target, string name, SocketArguments arguments)
        where TTarget : struct, IEventTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        target.Send(AnyEventWriter.Write(buffer, name, arguments));
    }

    /// <summary>Sends an event; completes when local queues contain it and Redis, if configured, has accepted it.</summary>
    /// <typeparam name="TTarget">The type of the target.</typeparam>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The event's arguments.</param>
    /// <returns>A task that completes when the event is handed over; it fails if Redis does not accept the event.</returns>
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

    /// <summary>Sends an event with existing arguments, for example those of a received event, which are not decoded.</summary>
    /// <inheritdoc cref="EmitAsync{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The event's arguments.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The event is sent in any case.</param>
    public static ValueTask EmitAsync<TTarget>(
        this TTarget target, string name, SocketArguments arguments, CancellationToken cancellationToken = default)
        where TTarget : struct, IEventTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return target.SendAsync(AnyEventWriter.Write(buffer, name, arguments), cancellationToken);
    }

    /// <summary>Sends an event and requests an acknowledgement from every receiver.</summary>
    /// <typeparam name="TTarget">The type of the target.</typeparam>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The event's arguments.</param>
    /// <returns>The first argument of each acknowledgement, or null for an acknowledgement without arguments. Other arguments are not
    /// transmitted between servers.</returns>
    /// <exception cref="ArgumentException">The name or an argument cannot be sent.</exception>
    /// <exception cref="NotSupportedException">The target cannot receive acknowledgements.</exception>
    public static Acks<SocketArgument> EmitWithAck<TTarget>(this TTarget target, string name, params ReadOnlySpan<object?> arguments)
        where TTarget : struct, IBroadcastTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return target.SendWithAck(AnyEventWriter.Write(buffer, name, arguments), AnyEventWriter.ReadFirst, CancellationToken.None);
    }

    /// <inheritdoc cref="EmitWithAck{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    public static Acks<SocketArgument> EmitWithAck<TTarget>(this TTarget target, string name, object?[]? arguments)
        where TTarget : struct, IBroadcastTarget<AnyEvents> => target.EmitWithAck(name, AnyEventWriter.Arguments(arguments));

    /// <summary>Sends an event with existing arguments and requests an acknowledgement from every receiver.</summary>
    /// <inheritdoc cref="EmitWithAck{TTarget}(TTarget, string, ReadOnlySpan{object?})"/>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The event's arguments.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    public static Acks<SocketArgument> EmitWithAck<TTarget>(
        this TTarget target, string name, SocketArguments arguments, CancellationToken cancellationToken = default)
        where TTarget : struct, IBroadcastTarget<AnyEvents>
    {
        using var buffer = PooledBuffer.Rent();
        return target.SendWithAck(AnyEventWriter.Write(buffer, name, arguments), AnyEventWriter.ReadFirst, cancellationToken);
    }

    /// <summary>Sends an event and requests an acknowledgement from the client.</summary>
    /// <param name="target">The client.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The event's arguments.</param>
    /// <returns>All arguments of the acknowledgement. The task fails with an <see cref="AckException"/> if the client does not
    /// acknowledge in time (<c>operation has timed out</c>) or disconnects.</returns>
    /// <exception cref="ArgumentException">The name or an argument cannot be sent.</exception>
    public static Task<SocketArguments> EmitWithAckAsync(
        this SocketClient<AnyEvents> target, string name, params ReadOnlySpan<object?> arguments)
    {
        using var buffer = PooledBuffer.Rent();
        return target.SendWithAckAsync(AnyEventWriter.Write(buffer, name, arguments), CancellationToken.None);
    }

    /// <inheritdoc cref="EmitWithAckAsync(SocketClient{AnyEvents}, string, ReadOnlySpan{object?})"/>
    public static Task<SocketArguments> EmitWithAckAsync(this SocketClient<AnyEvents> target, string name, object?[]? arguments) =>
        target.EmitWithAckAsync(name, AnyEventWriter.Arguments(arguments));

    /// <summary>Sends an event with existing arguments and requests an acknowledgement from the client.</summary>
    /// <inheritdoc cref="EmitWithAckAsync(SocketClient{AnyEvents}, string, ReadOnlySpan{object?})"/>
    /// <param name="target">The client.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The event's arguments.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    public static Task<SocketArguments> EmitWithAckAsync(
        this SocketClient<AnyEvents> target, string name, SocketArguments arguments, CancellationToken cancellationToken = default)
    {
        using var buffer = PooledBuffer.Rent();
        return target.SendWithAckAsync(AnyEventWriter.Write(buffer, name, arguments), cancellationToken);
    }
}
