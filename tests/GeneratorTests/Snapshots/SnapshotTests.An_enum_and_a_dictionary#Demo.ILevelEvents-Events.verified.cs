    /// <summary>The events of <see cref="global::Demo.ILevelEvents"/>, sent to a target.</summary>
    public static class LevelEventsExtensions
    {
        /// <inheritdoc cref="M:Demo.ILevelEvents.Levels(System.Collections.Generic.Dictionary{System.String,System.Nullable{Demo.Level}})"/>
        public static void Levels<TTarget>(this TTarget target, global::System.Collections.Generic.Dictionary<string, global::Demo.Level?> levels)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.ILevelEvents>
        {
            global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("levels"u8, 1);
            try
            {
                global::TypedSocketRedis.Generated.Dictionary_2Of_String_1And_Demo_Level_1NullFormatter.Write(ref data.Writer, levels, 1);
                target.Send(data.Finish());
            }
            finally
            {
                data.Dispose();
            }
        }
    }
