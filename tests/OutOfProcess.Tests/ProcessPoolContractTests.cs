namespace OutOfProcess.Tests;

[Collection(ProcessPoolTests.Name)]
public sealed class ProcessPoolContractTests : PoolContract
{
    protected override IPool Start(int workers) => new Adapter(new ProcessPool(workers));

    private sealed class Adapter(ProcessPool pool) : IPool
    {
        public Task<TOut> SubmitAsync<TIn, TOut>(Func<TIn, TOut> method, TIn argument, CancellationToken cancellationToken) =>
            pool.RunAsync(method, argument, cancellationToken);

        public async Task<IReadOnlyList<TOut>> MapAsync<TIn, TOut>(
            Func<TIn, TOut> method, IEnumerable<TIn> arguments, CancellationToken cancellationToken) =>
            await pool.MapAsync(method, arguments, cancellationToken);

        public ValueTask DisposeAsync() => pool.DisposeAsync();
    }
}
