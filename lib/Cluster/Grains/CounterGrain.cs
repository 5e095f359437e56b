using Orleans.Placement;

namespace Cluster;

[RandomPlacement]
internal sealed class CounterGrain([PersistentState("counter", "counters")] IPersistentState<CounterState> state)
    : Grain, ICounterGrain
{
    public async Task<int> AddAsync()
    {
        var seen = state.State.Value;
        await Task.Yield();
        return state.State.Value = seen + 1;
    }

    public Task<int> AddInterleavedAsync() => AddAsync();

    public async Task<int> AddStoredAsync(TimeSpan answerAfter)
    {
        state.State.Value++;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // What was not stored has not been counted, and the next call must not believe it has.
            await state.ReadStateAsync();
            throw;
        }

        await Task.Delay(answerAfter);
        return state.State.Value;
    }

    public async Task<int> AddOnceAsync(Guid operation, TimeSpan answerAfter)
    {
        if (!state.State.Counted.Add(operation)) return state.State.Value;
        return await AddStoredAsync(answerAfter);
    }

    public Task<int> ValueAsync() => Task.FromResult(state.State.Value);

    public Task<int> PidAsync() => Task.FromResult(Environment.ProcessId);
}
