using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>The process that sends requests: a server, which is a node itself and adds its own part to a result, or an emitter.</summary>
internal interface IRequester
{
    /// <summary>The number of nodes that this process is: 1 for a server, which Redis counts like the others, 0 for an emitter.</summary>
    int Nodes { get; }

    /// <summary>Returns the sockets of this process that a target selects.</summary>
    /// <param name="target">The target.</param>
    List<SocketDescription> Describe(BroadcastOptions target);

    /// <summary>Adds the sockets of this process that a target selects, and their users, to a tally.</summary>
    /// <param name="target">The target.</param>
    /// <param name="userPrefix">The prefix of user rooms, empty for no users.</param>
    /// <param name="tally">The tally.</param>
    void Count(BroadcastOptions target, string userPrefix, PresenceTally tally);

    /// <summary>Returns the rooms of this process.</summary>
    HashSet<string> RoomNames();

    /// <summary>Sends an event to the sockets of this process, if it can have any, and starts the timeout of acknowledgements.</summary>
    void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks);
}
