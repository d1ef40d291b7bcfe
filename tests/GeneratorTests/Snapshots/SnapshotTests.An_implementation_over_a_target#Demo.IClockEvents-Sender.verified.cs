    /// <summary>Creates implementations of <see cref="global::Demo.IClockEvents"/> that send its events to a target.</summary>
    public static class ClockEventsSender
    {
        /// <summary>Returns an implementation of the contract that sends its events to the target.</summary>
        /// <remarks>An event with an acknowledgement must have exactly one receiver; with several its task fails.</remarks>
        /// <param name="target">The target of the events.</param>
        /// <typeparam name="TTarget">The type of the target.</typeparam>
        /// <returns>An implementation that sends each event.</returns>
        public static global::Demo.IClockEvents AsClockEvents<TTarget>(this TTarget target)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IClockEvents> =>
            new Over<TTarget>(target);

        private sealed class Over<TTarget>(TTarget target) : global::Demo.IClockEvents
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IClockEvents>
        {
            private readonly TTarget _target = target;

            void global::Demo.IClockEvents.Time(global::System.DateTime now) => global::Demo.ClockEventsExtensions.Time(this._target, now);

            global::System.Threading.Tasks.ValueTask<global::Demo.Zone?> global::Demo.IClockEvents.Where(global::System.Threading.CancellationToken cancellationToken)
            {
                global::TypedSocketRedis.CompilerServices.EventDataWriter data = new("where"u8, 0);
                try
                {
                    return new global::System.Threading.Tasks.ValueTask<global::Demo.Zone?>(this._target.SendWithAckAsync<global::Demo.Zone?>(data.Finish(), static (ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options) => { return global::TypedSocketRedis.Generated.Demo_ZoneFormatter.Instance.Deserialize(ref reader, options); }, cancellationToken));
                }
                finally
                {
                    data.Dispose();
                }
            }
        }
    }
