using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

[assembly: RegisterProvider("File", "GrainStorage", "Silo", typeof(Cluster.FileGrainStorageBuilder))]

namespace Cluster;

/// <summary>
/// Stored state on one machine without a server: a file for each grain, in a folder that all silos see. Written to another file first and
/// moved, so that a silo that is killed leaves the old state or the new one. A tag in the file finds out a silo that writes without having
/// seen what another one wrote, as Orleans asks of every storage.
/// </summary>
internal sealed class FileGrainStorage(string folder) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await ReadAsync<T>(PathOf(stateName, grainId));
        grainState.State = stored is { State: { } state } ? state : Activator.CreateInstance<T>();
        (grainState.ETag, grainState.RecordExists) = (stored?.Tag, stored is not null);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var path = PathOf(stateName, grainId);
        await using var alone = FileLock.TryTake(path + ".lock")
            ?? throw new InconsistentStateException($"Another silo is writing {path} at this moment.");
        await CheckAsync(path, grainState);
        var (tag, draft) = (Guid.NewGuid().ToString("N"), path + ".draft");
        await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(new Stored<T>(tag, grainState.State)));
        File.Move(draft, path, overwrite: true);
        (grainState.ETag, grainState.RecordExists) = (tag, true);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var path = PathOf(stateName, grainId);
        await CheckAsync(path, grainState);
        File.Delete(path);
        (grainState.ETag, grainState.RecordExists) = (null, false);
    }

    private string PathOf(string stateName, GrainId grainId) =>
        Path.Combine(folder, Uri.EscapeDataString($"{stateName} {grainId}") + ".json");

    private static async Task CheckAsync<T>(string path, IGrainState<T> grainState)
    {
        var tag = (await ReadAsync<T>(path))?.Tag;
        if (tag != grainState.ETag)
            throw new InconsistentStateException($"Another silo has written {path} in the meantime.", tag, grainState.ETag);
    }

    private static async Task<Stored<T>?> ReadAsync<T>(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<Stored<T>>(await File.ReadAllBytesAsync(path)) : null;

    private sealed record Stored<T>(string Tag, T? State);
}

/// <summary>Makes the storage known to configuration: <c>ProviderType</c> File, <c>Folder</c> a path.</summary>
internal sealed class FileGrainStorageBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection)
    {
        var folder = configurationSection["Folder"]
            ?? throw new OrleansConfigurationException($"{configurationSection.Path}:Folder is missing: the folder in which grains are stored.");
        Directory.CreateDirectory(folder);
        builder.Services.AddKeyedSingleton<IGrainStorage>(name, new FileGrainStorage(folder));
    }
}
