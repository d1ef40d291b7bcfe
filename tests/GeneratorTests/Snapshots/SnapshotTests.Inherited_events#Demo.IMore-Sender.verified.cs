    /// <summary>Creates implementations of <see cref="global::Demo.IMore"/> that send its events to a target.</summary>
    public static class MoreSender
    {
        /// <summary>Returns an implementation of the contract that sends its events to the target.</summary>
        /// <remarks>An event with an acknowledgement must have exactly one receiver; with several its task fails.</remarks>
        /// <param name="target">The target of the events.</param>
        /// <typeparam name="TTarget">The type of the target.</typeparam>
        /// <returns>An implementation that sends each event.</returns>
        public static global::Demo.IMore AsMore<TTarget>(this TTarget target)
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IMore> =>
            new Over<TTarget>(target);

        private sealed class Over<TTarget>(TTarget target) : global::Demo.IMore
            where TTarget : struct, global::TypedSocketRedis.IEventTarget<global::Demo.IMore>
        {
            private readonly TTarget _target = target;

            void global::Demo.IBase.First(int a) => global::Demo.MoreExtensions.First(this._target, a);

            void global::Demo.IMore.Second(int a) => global::Demo.MoreExtensions.Second(this._target, a);
        }
    }
