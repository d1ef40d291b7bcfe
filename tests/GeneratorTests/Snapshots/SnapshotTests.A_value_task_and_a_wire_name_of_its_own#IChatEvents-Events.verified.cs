/// <summary>The events of <see cref="global::IChatEvents"/> as values.</summary>
internal static class ChatEvents
{
    /// <summary>The event <see cref="M:IChatEvents.Joined(System.Nullable{System.Int32})"/> with its arguments.</summary>
    /// <param name="Id">The argument <c>id</c>.</param>
    public readonly record struct Joined(int? Id) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::IChatEvents>
    {
        void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::IChatEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
        {
            writer.Begin("user joined"u8, 1);
            if (this.Id is null) writer.Writer.WriteNil();
            else global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref writer.Writer, this.Id.Value);
        }
    }
}
