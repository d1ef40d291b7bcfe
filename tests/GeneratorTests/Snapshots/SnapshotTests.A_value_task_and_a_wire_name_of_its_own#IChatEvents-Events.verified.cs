/// <summary>The events of <see cref="global::IChatEvents"/> as values.</summary>
internal static class ChatEvents
{
    /// <summary>The event <see cref="M:IChatEvents.Joined(System.Nullable{System.Int32})"/> with its arguments.</summary>
    /// <param name="Id">The argument <c>id</c>.</param>
    public readonly record struct Joined(int? Id) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::IChatEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Joined>
    {
        void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
        {
            writer.Begin("user joined"u8, 1);
            if (this.Id is null) writer.Writer.WriteNil();
            else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Id.Value);
        }

        static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Joined>.Name => "user joined";

        static Joined global::TypedSocketRedis.CompilerServices.IReceivedEvent<Joined>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
        {
            global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
            ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
            int? argument0 = default!;
            try
            {
                if (arguments.Next("id", isOptional: true))
                    argument0 = global::TypedSocketRedis.CompilerServices.ValueReader.ReadInt32(ref reader);
            }
            catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
            {
                throw arguments.Refused(exception);
            }

            return new Joined(argument0);
        }
    }
}
