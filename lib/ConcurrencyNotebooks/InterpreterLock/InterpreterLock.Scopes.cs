namespace ConcurrencyNotebooks;

public sealed partial class InterpreterLock
{
    /// <summary>The lock is held until this is disposed of, by the thread that entered.</summary>
    public readonly struct Holding : IDisposable
    {
        private readonly InterpreterLock _lock;

        internal Holding(InterpreterLock held) => _lock = held;

        /// <summary>Gives the lock back.</summary>
        /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock.</exception>
        public void Dispose() => _lock.Drop();
    }
}
