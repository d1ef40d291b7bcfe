using System.Runtime.CompilerServices;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Testing;

namespace TypedSocketRedis;

/// <summary>A client that sends the commands of a contract; thread-safe.</summary>
/// <typeparam name="TCommands">The contract, or <see cref="AnyEvents"/> for a client without one.</typeparam>
public sealed class HarnessClient<TCommands> : HarnessClient
    where TCommands : class
{
    private TCommands? _commands;

    internal HarnessClient(HarnessConnection connection, string path, TimeSpan timeout)
        : base(connection, path, timeout)
    {
    }

    private TCommands Commands => _commands ??= EventDispatchers.Of<TCommands>().CreateClient(new Target(this));

    /// <summary>Sends a command without a result.</summary>
    /// <param name="command">The call of the command, for example <c>c => c.Leave("lobby")</c>.</param>
    /// <returns>A task that completes when the handler has handled the command.</returns>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    /// <exception cref="SocketHarnessException">The server refused the command, the handler failed, or the client is
    /// disconnected.</exception>
    /// <exception cref="TimeoutException">The server did not acknowledge the command in time.</exception>
    public Task EmitAsync(Func<TCommands, Task> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command(Commands);
    }

    /// <summary>Sends a command and returns its result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="command">The call of the command, for example <c>c => c.Say("lobby", "hi")</c>.</param>
    /// <returns>A task with the result of the handler.</returns>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    /// <exception cref="SocketHarnessException">The server refused the command, the handler failed, or the client is
    /// disconnected.</exception>
    /// <exception cref="EventDataException">The acknowledgement does not match the contract.</exception>
    /// <exception cref="TimeoutException">The server did not acknowledge the command in time.</exception>
    public Task<T> EmitAsync<T>(Func<TCommands, Task<T>> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command(Commands);
    }

    /// <summary>Sends a command that a contract declares with <see cref="ValueTask"/>.</summary>
    /// <inheritdoc cref="EmitAsync(Func{TCommands, Task})"/>
    [OverloadResolutionPriority(-1)]
    public Task EmitAsync(Func<TCommands, ValueTask> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command(Commands).AsTask();
    }

    /// <summary>Sends a command that a contract declares with <see cref="ValueTask{TResult}"/>.</summary>
    /// <inheritdoc cref="EmitAsync{T}(Func{TCommands, Task{T}})"/>
    [OverloadResolutionPriority(-1)]
    public Task<T> EmitAsync<T>(Func<TCommands, ValueTask<T>> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command(Commands).AsTask();
    }

    /// <summary>The target of generated code.</summary>
    private sealed class Target(HarnessClient<TCommands> client) : ICommandTarget
    {
        private static readonly byte[] Nil = [0xc0];

        public Task SendAsync<TContract, TCommand>(TCommand command, CancellationToken cancellationToken)
            where TContract : class
            where TCommand : struct, ISocketEvent<TContract> => SentAsync<TContract, TCommand>(command, cancellationToken);

        public async Task<T> SendAsync<TContract, TCommand, T>(TCommand command, CancellationToken cancellationToken)
            where TContract : class
            where TCommand : struct, ISocketEvent<TContract, T>
        {
            var ack = await SentAsync<TContract, TCommand>(command, cancellationToken).ConfigureAwait(false);

            // A contract with error-first acknowledgements has null before the value.
            var reader = new MessagePackReader(ack.Count switch { 0 => Nil, 1 => ack.First, _ => ack[1].Raw });
            return default(TCommand).ReadAck(ref reader, EventDataReader.Options);
        }

        private async Task<SocketArguments> SentAsync<TContract, TCommand>(TCommand command, CancellationToken cancellationToken)
            where TContract : class
            where TCommand : struct, ISocketEvent<TContract>
        {
            var (name, sent) = Send<TContract, TCommand>(command, cancellationToken);
            var ack = await sent.ConfigureAwait(false);
            if (RefusalOf(ack) is not { } refusal) return ack;
            throw new SocketHarnessException(
                $"The server refused the command \"{name}\": {refusal["error"].GetString()}",
                refusal["code"].TryGetString(out var code) ? code : null);
        }

        private (string Name, Task<SocketArguments> Sent) Send<TContract, TCommand>(TCommand command, CancellationToken cancellationToken)
            where TContract : class
            where TCommand : struct, ISocketEvent<TContract>
        {
            using var buffer = PooledBuffer.Rent();
            var data = EventDataWriter.Encode<TContract, TCommand>(buffer, command);
            EventHeader.TryRead(data, out var header);
            var name = header.NameText;
            return (name, client.SendWithAckAsync(name, data, cancellationToken));
        }

        /// <summary>Returns the acknowledgement of an event that was not handled, <c>{error, code}</c>, or null for another one.</summary>
        private static SocketArgument? RefusalOf(SocketArguments ack) =>
            ack.Count > 0 && ack[0].Kind == ArgumentKind.Object && ack[0]["error"].TryGetString(out _)
            && ack[0].EnumerateObject().All(one => one.Key is "error" or "code") ? ack[0] : default(SocketArgument?);
    }
}
