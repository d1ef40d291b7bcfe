    /// <summary>The events of <see cref="global::Demo.IQuizEvents"/>, sent to a target.</summary>
    public static class QuizEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.IQuizEvents.Ask(System.String)"/>
        public static global::TypedSocketRedis.Acks<string?> Ask<TTarget>(this TTarget target, string question)
            where TTarget : struct, global::TypedSocketRedis.IBroadcastTarget<global::Demo.IQuizEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("ask"u8, 1);
            try
            {
                global::TypedSocketRedis.CompilerServices.ValueWriter.Write(ref data.Writer, question);
                return target.SendWithAck<string?>(data.Finish(), static (ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options) => { return global::TypedSocketRedis.CompilerServices.ValueReader.ReadString(ref reader); }, global::System.Threading.CancellationToken.None);
            }
            finally
            {
                data.Dispose();
            }
        }

        /// <inheritdoc cref="M:Demo.IQuizEvents.Ask(System.String)"/>
        public static global::System.Threading.Tasks.ValueTask<string?> Ask(this global::TypedSocketRedis.SocketClient<global::Demo.IQuizEvents> target, string question) =>
            global::Demo.QuizEventsSender.AsQuizEvents(target).Ask(question);
    }
