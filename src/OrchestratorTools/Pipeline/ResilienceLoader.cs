using System.Reflection;
using System.Runtime.Loader;

namespace OrchestratorTools.Pipeline;

/// <summary>Loads the resilience project, and Polly with it, into a load context of its own: another module's Polly in the same session is neither used nor disturbed.</summary>
internal static class ResilienceLoader
{
    private static readonly Lazy<Func<int, TimeSpan?, TimeProvider, Action<HttpRequestMessage, int, TimeSpan, string>, DelegatingHandler>> Factory = new(Load);

    /// <summary>Makes the repeating handler of one connection; the first call loads the assemblies.</summary>
    public static DelegatingHandler Create(int maximumRetryCount, TimeSpan? pauseAfterLimit, TimeProvider time, Action<HttpRequestMessage, int, TimeSpan, string> onRetry)
        => Factory.Value(maximumRetryCount, pauseAfterLimit, time, onRetry);

    private static Func<int, TimeSpan?, TimeProvider, Action<HttpRequestMessage, int, TimeSpan, string>, DelegatingHandler> Load()
    {
        var folder = Path.Combine(Path.GetDirectoryName(typeof(ResilienceLoader).Assembly.Location)!, "dependencies");
        var assembly = new DependencyContext(folder).LoadFromAssemblyPath(Path.Combine(folder, "OrchestratorTools.Resilience.dll"));
        var method = assembly.GetType("OrchestratorTools.Resilience.ResilienceHandler", throwOnError: true)!
            .GetMethod("Create", BindingFlags.Public | BindingFlags.Static)!;
        return method.CreateDelegate<Func<int, TimeSpan?, TimeProvider, Action<HttpRequestMessage, int, TimeSpan, string>, DelegatingHandler>>();
    }

    private sealed class DependencyContext(string folder) : AssemblyLoadContext("OrchestratorTools.Dependencies")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // What lies beside it is its own; everything else (the framework) is everybody's.
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
