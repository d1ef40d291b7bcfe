using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>Sends events without a contract.</summary>
/// <remarks>
/// <para>Exactly the types that can be sent convert to <see cref="SocketArgument"/>; anything else does not compile. One argument is
/// never a list: an array, a collection expression or <c>SocketArgument.Null</c> alone is one argument.</para>
/// <para>An <see cref="ArgumentException"/> is thrown for an event name that Socket.IO reserves:
/// <c>"connect" is a reserved event name.</c></para>
/// </remarks>
[SuppressMessage(
    "Design", "CA1068", Justification = "The token precedes the arguments in every overload, because a parameter list can only be last.")]
public static class AnyEventsExtensions
{
    /// <summary>Sends an event with one argument without awaiting its delivery; never blocks, and never throws for a failed
    /// delivery.</summary>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="argument">The argument.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    [OverloadResolutionPriority(1)]
    public static void Emit(this IEventTarget<AnyEvents> target, string name, SocketArgument argument) =>
        Send(target, name, [argument]);

    /// <summary>Sends an event without awaiting its delivery; never blocks, and never throws for a failed delivery.</summary>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static void Emit(this IEventTarget<AnyEvents> target, string name, params ReadOnlySpan<SocketArgument> arguments) =>
        Send(target, name, arguments);

    /// <summary>Sends an event without awaiting its delivery; for F# and Visual Basic, which have no spans.</summary>
    /// <inheritdoc cref="Emit(IEventTarget{AnyEvents}, string, ReadOnlySpan{SocketArgument})"/>
    [OverloadResolutionPriority(-1)]
    public static void Emit(this IEventTarget<AnyEvents> target, string name, params SocketArgument[] arguments) =>
        Send(target, name, arguments);

    /// <summary>Sends an event with existing arguments, for example those of a received event, which are not decoded.</summary>
    /// <inheritdoc cref="Emit(IEventTarget{AnyEvents}, string, ReadOnlySpan{SocketArgument})"/>
    public static void Emit(this IEventTarget<AnyEvents> target, string name, SocketArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target is IEventDataTarget direct)
        {
            using var buffer = PooledBuffer.Rent();
            direct.Send(AnyEventWriter.Write(buffer, name, arguments));
        }
        else
        {
            target.Send(new AnyEvent(name, arguments));
        }
    }

    /// <summary>Sends an event with one argument; completes when local queues contain it and Redis, if configured, has accepted
    /// it.</summary>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>A task that completes when the event is handed over; it fails if Redis does not accept the event.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    [OverloadResolutionPriority(1)]
    public static ValueTask EmitAsync(this IEventTarget<AnyEvents> target, string name, SocketArgument argument) =>
        SendAsync(target, name, [argument], CancellationToken.None);

    /// <summary>Sends an event; completes when local queues contain it and Redis, if configured, has accepted it.</summary>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that completes when the event is handed over; it fails if Redis does not accept the event.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(this IEventTarget<AnyEvents> target, string name, params ReadOnlySpan<SocketArgument> arguments) =>
        SendAsync(target, name, arguments, CancellationToken.None);

    /// <summary>Sends an event; completes when local queues contain it and Redis, if configured, has accepted it.</summary>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The event is sent in any case.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that completes when the event is handed over; it fails if Redis does not accept the event.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventTarget<AnyEvents> target, string name, CancellationToken cancellationToken,
        params ReadOnlySpan<SocketArgument> arguments) => SendAsync(target, name, arguments, cancellationToken);

    /// <summary>Sends an event with existing arguments, for example those of a received event, which are not decoded.</summary>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The event is sent in any case.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that completes when the event is handed over; it fails if Redis does not accept the event.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventTarget<AnyEvents> target, string name, CancellationToken cancellationToken, SocketArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target is not IEventDataTarget direct) return target.SendAsync(new AnyEvent(name, arguments), cancellationToken);
        using var buffer = PooledBuffer.Rent();
        return direct.SendAsync(AnyEventWriter.Write(buffer, name, arguments), cancellationToken);
    }

    /// <summary>Sends an event with existing arguments, for example those of a received event, which are not decoded.</summary>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that completes when the event is handed over; it fails if Redis does not accept the event.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(this IEventTarget<AnyEvents> target, string name, SocketArguments arguments) =>
        EmitAsync(target, name, CancellationToken.None, arguments);

    /// <summary>Sends an event with one argument and requests an acknowledgement from every receiver.</summary>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>The first argument of each acknowledgement, or null for an acknowledgement without arguments. Other arguments are not
    /// transmitted between servers.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    [OverloadResolutionPriority(1)]
    public static Acks<SocketArgument> EmitWithAck(this IBroadcastTarget<AnyEvents> target, string name, SocketArgument argument) =>
        SendWithAck(target, name, SocketArguments.Of(argument), CancellationToken.None);

    /// <summary>Sends an event and requests an acknowledgement from every receiver.</summary>
    /// <inheritdoc cref="EmitWithAck(IBroadcastTarget{AnyEvents}, string, SocketArgument)"/>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The arguments.</param>
    public static Acks<SocketArgument> EmitWithAck(
        this IBroadcastTarget<AnyEvents> target, string name, params ReadOnlySpan<SocketArgument> arguments) =>
        SendWithAck(target, name, SocketArguments.Of(arguments), CancellationToken.None);

    /// <summary>Sends an event and requests an acknowledgement from every receiver.</summary>
    /// <inheritdoc cref="EmitWithAck(IBroadcastTarget{AnyEvents}, string, SocketArgument)"/>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <param name="arguments">The arguments.</param>
    public static Acks<SocketArgument> EmitWithAck(
        this IBroadcastTarget<AnyEvents> target, string name, CancellationToken cancellationToken,
        params ReadOnlySpan<SocketArgument> arguments) =>
        SendWithAck(target, name, SocketArguments.Of(arguments), cancellationToken);

    /// <summary>Sends an event with existing arguments and requests an acknowledgement from every receiver.</summary>
    /// <inheritdoc cref="EmitWithAck(IBroadcastTarget{AnyEvents}, string, SocketArgument)"/>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <param name="arguments">The arguments.</param>
    public static Acks<SocketArgument> EmitWithAck(
        this IBroadcastTarget<AnyEvents> target, string name, CancellationToken cancellationToken, SocketArguments arguments) =>
        SendWithAck(target, name, arguments, cancellationToken);

    /// <summary>Sends an event with existing arguments and requests an acknowledgement from every receiver.</summary>
    /// <inheritdoc cref="EmitWithAck(IBroadcastTarget{AnyEvents}, string, SocketArgument)"/>
    /// <param name="target">The receivers.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The arguments.</param>
    public static Acks<SocketArgument> EmitWithAck(this IBroadcastTarget<AnyEvents> target, string name, SocketArguments arguments) =>
        SendWithAck(target, name, arguments, CancellationToken.None);

    /// <summary>Sends an event with one argument and requests an acknowledgement from the client.</summary>
    /// <param name="target">The client.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>All arguments of the acknowledgement. The task fails with an <see cref="AckException"/> if the client does not
    /// acknowledge in time (<c>operation has timed out</c>) or disconnects.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    [OverloadResolutionPriority(1)]
    public static Task<SocketArguments> EmitWithAckAsync(this ISocketClient<AnyEvents> target, string name, SocketArgument argument) =>
        SendWithAckAsync(target, name, SocketArguments.Of(argument), CancellationToken.None);

    /// <summary>Sends an event and requests an acknowledgement from the client.</summary>
    /// <inheritdoc cref="EmitWithAckAsync(ISocketClient{AnyEvents}, string, SocketArgument)"/>
    /// <param name="target">The client.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The arguments.</param>
    public static Task<SocketArguments> EmitWithAckAsync(
        this ISocketClient<AnyEvents> target, string name, params ReadOnlySpan<SocketArgument> arguments) =>
        SendWithAckAsync(target, name, SocketArguments.Of(arguments), CancellationToken.None);

    /// <summary>Sends an event and requests an acknowledgement from the client.</summary>
    /// <inheritdoc cref="EmitWithAckAsync(ISocketClient{AnyEvents}, string, SocketArgument)"/>
    /// <param name="target">The client.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <param name="arguments">The arguments.</param>
    public static Task<SocketArguments> EmitWithAckAsync(
        this ISocketClient<AnyEvents> target, string name, CancellationToken cancellationToken,
        params ReadOnlySpan<SocketArgument> arguments) =>
        SendWithAckAsync(target, name, SocketArguments.Of(arguments), cancellationToken);

    /// <summary>Sends an event with existing arguments and requests an acknowledgement from the client.</summary>
    /// <inheritdoc cref="EmitWithAckAsync(ISocketClient{AnyEvents}, string, SocketArgument)"/>
    /// <param name="target">The client.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <param name="arguments">The arguments.</param>
    public static Task<SocketArguments> EmitWithAckAsync(
        this ISocketClient<AnyEvents> target, string name, CancellationToken cancellationToken, SocketArguments arguments) =>
        SendWithAckAsync(target, name, arguments, cancellationToken);

    /// <summary>Sends an event with existing arguments and requests an acknowledgement from the client.</summary>
    /// <inheritdoc cref="EmitWithAckAsync(ISocketClient{AnyEvents}, string, SocketArgument)"/>
    /// <param name="target">The client.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The arguments.</param>
    public static Task<SocketArguments> EmitWithAckAsync(this ISocketClient<AnyEvents> target, string name, SocketArguments arguments) =>
        SendWithAckAsync(target, name, arguments, CancellationToken.None);

    private static void Send(IEventTarget<AnyEvents> target, string name, ReadOnlySpan<SocketArgument> arguments)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target is IEventDataTarget direct)
        {
            using var buffer = PooledBuffer.Rent();
            direct.Send(AnyEventWriter.Write(buffer, name, arguments));
        }
        else
        {
            target.Send(new AnyEvent(name, SocketArguments.Of(arguments)));
        }
    }

    private static ValueTask SendAsync(
        IEventTarget<AnyEvents> target, string name, ReadOnlySpan<SocketArgument> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target is not IEventDataTarget direct)
            return target.SendAsync(new AnyEvent(name, SocketArguments.Of(arguments)), cancellationToken);
        using var buffer = PooledBuffer.Rent();
        return direct.SendAsync(AnyEventWriter.Write(buffer, name, arguments), cancellationToken);
    }

    private static Acks<SocketArgument> SendWithAck(
        IBroadcastTarget<AnyEvents> target, string name, SocketArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.SendWithAck<AnyEvent, SocketArgument>(new AnyEvent(name, arguments), cancellationToken);
    }

    private static Task<SocketArguments> SendWithAckAsync(
        ISocketClient<AnyEvents> target, string name, SocketArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target is ClientTarget<AnyEvents> client
            ? client.SendAllWithAckAsync(new AnyEvent(name, arguments), cancellationToken)
            : target.SendWithAckAsync<AnyEvent, SocketArguments>(new AnyEvent(name, arguments), cancellationToken);
    }
}
