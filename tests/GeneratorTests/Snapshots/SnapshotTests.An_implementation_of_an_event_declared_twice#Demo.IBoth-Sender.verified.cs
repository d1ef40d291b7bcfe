    /// <summary>Makes a <see cref="global::Demo.IBoth"/> of what its events can be sent to.</summary>
    public static class BothSender
    {
        /// <summary>The target as the interface, for code that is to know nothing else.</summary>
        /// <remarks>An event that is acknowledged must have exactly one receiver; over several its task fails.</remarks>
        /// <param name="target">What the events are sent to.</param>
        /// <typeparam name="TTarget">The kind of the target.</typeparam>
        /// <returns>An implementation that sends each event.</returns>
        public static global::Demo.IBoth AsBoth<TTarget>(this TTarget target)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IBoth> =>
            new Over<TTarget>(target);

        private sealed class Over<TTarget>(TTarget target) : global::Demo.IBoth
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IBoth>
        {
            private readonly TTarget _target = target;

            global::System.Threading.Tasks.Task global::Demo.IOne.Stop() => global::Demo.BothExtensions.Stop(this._target);

            global::System.Threading.Tasks.Task global::Demo.ITwo.Stop() => global::Demo.BothExtensions.Stop(this._target);
        }
    }
