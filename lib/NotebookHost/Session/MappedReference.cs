using System.IO.MemoryMappedFiles;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NotebookHost;

/// <summary>
/// Metadata references whose bytes stay in the file until the compiler looks at them. Reading the framework's
/// assemblies instead would copy some 60 MB at the start of every notebook, of which a cell touches little.
/// </summary>
internal static class MappedReference
{
    /// <summary>Whether an assembly has public types of its own, and does not only forward to others.</summary>
    public static bool DefinesTypes(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        if (!image.HasMetadata) return false;
        var metadata = image.GetMetadataReader();
        return metadata.TypeDefinitions.Any(type => metadata.GetTypeDefinition(type).Attributes.HasFlag(TypeAttributes.Public));
    }

    /// <summary>A reference to an assembly that stays mapped as long as the process runs; null if it is not managed.</summary>
    public static unsafe PortableExecutableReference? TryCreate(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0),
            mapName: null,
            capacity: 0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: false);

        // Never disposed: the compiler holds pointers into it until the process ends.
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        var image = new PEReader(start, checked((int)view.Capacity));
        if (!image.HasMetadata) return null;

        var metadata = image.GetMetadata();
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)metadata.Pointer, metadata.Length))
            .GetReference(display: path);
    }
}
