namespace ConcurrencyNotebooks.Tests.Threads;

public sealed class FixedThreadPoolContractTests : PoolContract
{
    protected override IPool Start(int workers) => new Adapter(new FixedThreadPool(workers));

    private sealed class Adapter(FixedThreadPool pool) : IPool
    {
        public Task<TOut> SubmitAsync<TIn, TOut>(Func<TIn, TOut> method, TIn argument, CancellationToken cancellationToken) =>
            pool.SubmitAsync(() => method(argument), cancellationToken);

        public async Task<IReadOnlyList<TOut>> MapAsync<TIn, TOut>(
            Func<TIn, TOut> method, IEnumerable<TIn> arguments, CancellationToken cancellationToken) =>
            await pool.MapAsync(method, arguments, cancellationToken);

        public ValueTask DisposeAsync() => pool.DisposeAsync();
    }
}
