namespace NotebookHost;

/// <summary>
/// What packages bring along for .NET Interactive in <c>interactive-extensions/dotnet</c>. Most register formatters, for
/// which no kernel is needed.
/// </summary>
internal static class KernelExtensions
{
    private const string Interface = "IKernelExtension";

    /// <summary>Lets the extensions in an assembly register what they have, without a kernel.</summary>
    /// <returns>Why one could not; null when all could.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "a failed extension costs its formatters, and the cell says so")]
    public static string? Load(Assembly assembly)
    {
        try
        {
            foreach (var type in assembly.GetExportedTypes())
            {
                var load = type.GetInterface(Interface)?.GetMethod("OnLoadAsync");
                if (load?.Invoke(Activator.CreateInstance(type), [null]) is Task loading) loading.GetAwaiter().GetResult();
            }

            return null;
        }
        catch (Exception exception)
        {
            var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            return $"The notebook extension {assembly.GetName().Name} could not be loaded: {cause.GetType().Name}: {cause.Message}";
        }
    }
}
