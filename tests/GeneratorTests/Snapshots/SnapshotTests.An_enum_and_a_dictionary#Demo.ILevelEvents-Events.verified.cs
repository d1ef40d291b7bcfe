    /// <summary>The events of <see cref="global::Demo.ILevelEvents"/> as values.</summary>
    public static class LevelEvents
    {
        /// <summary>The event <see cref="M:Demo.ILevelEvents.Levels(System.Collections.Generic.Dictionary{System.String,System.Nullable{Demo.Level}})"/> with its arguments.</summary>
        /// <param name="Levels_">The argument <c>levels</c>.</param>
        public readonly record struct Levels(global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> Levels_) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.ILevelEvents>, global::TypedSocketRedis.CompilerServices.IReceivedEvent<Levels>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.ILevelEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("levels"u8, 1);
                global::TypedSocketRedis.Generated.Dictionary_2Of_String_1And_Demo_Level_1NullFormatter.Write(ref writer.Writer, this.Levels_, 1);
            }

            static string global::TypedSocketRedis.CompilerServices.IReceivedEvent<Levels>.Name => "levels";

            static Levels global::TypedSocketRedis.CompilerServices.IReceivedEvent<Levels>.Read(global::TypedSocketRedis.CompilerServices.IncomingEvent incoming)
            {
                global::TypedSocketRedis.CompilerServices.EventDataReader arguments = new(incoming);
                ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;
                global::MessagePack.MessagePackSerializerOptions options = global::TypedSocketRedis.CompilerServices.EventDataReader.Options;
                global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> argument0 = default!;
                try
                {
                    if (arguments.Next("levels", isOptional: false))
                        argument0 = global::TypedSocketRedis.Generated.Dictionary_2Of_String_1And_Demo_Level_1NullFormatter.Instance.Deserialize(ref reader, options)!;
                }
                catch (global::System.Exception exception) when (global::TypedSocketRedis.CompilerServices.EventDataReader.IsMalformed(exception))
                {
                    throw arguments.Refused(exception);
                }

                return new Levels(argument0);
            }
        }
    }
