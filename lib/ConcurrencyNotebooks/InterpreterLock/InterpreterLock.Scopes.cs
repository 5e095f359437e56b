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

    /// <summary>The lock is given up until this is disposed of, by the thread that gave it up.</summary>
    public readonly struct Release : IDisposable
    {
        private readonly InterpreterLock _lock;

        internal Release(InterpreterLock released) => _lock = released;

        /// <summary>Waits for the lock again.</summary>
        /// <exception cref="LockRecursionException">The calling thread holds the lock already.</exception>
        public void Dispose() => _ = _lock.Enter();
    }
}
