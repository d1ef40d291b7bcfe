    /// <summary>Creates implementations of <see cref="global::Demo.IBoth"/> that send its events to a target.</summary>
    public static class BothSender
    {
        /// <summary>Returns an implementation of the contract that sends its events to the target.</summary>
        /// <remarks>An event with an acknowledgement must have exactly one receiver; with several its task fails.</remarks>
        /// <param name="target">The target of the events.</param>
        /// <typeparam name="TTarget">The type of the target.</typeparam>
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
