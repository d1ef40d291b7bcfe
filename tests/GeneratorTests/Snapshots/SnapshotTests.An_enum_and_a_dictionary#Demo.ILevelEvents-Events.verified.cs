    /// <summary>The events of <see cref="global::Demo.ILevelEvents"/> as values.</summary>
    public static class LevelEvents
    {
        /// <summary>The event <see cref="M:Demo.ILevelEvents.Levels(System.Collections.Generic.Dictionary{System.String,System.Nullable{Demo.Level}})"/> with its arguments.</summary>
        /// <param name="Levels_">The argument <c>levels</c>.</param>
        public readonly record struct Levels(global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> Levels_) : global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.ILevelEvents>
        {
            void global::TypedSocketRedis.CompilerServices.ISocketEvent<global::Demo.ILevelEvents>.Write(ref global::TypedSocketRedis.CompilerServices.EventDataWriter writer)
            {
                writer.Begin("levels"u8, 1);
                global::TypedSocketRedis.Generated.Dictionary_2Of_String_1And_Demo_Level_1NullFormatter.Write(ref writer.Writer, this.Levels_, 1);
            }
        }
    }
