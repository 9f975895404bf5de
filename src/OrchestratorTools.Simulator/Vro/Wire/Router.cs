using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>Finds the operation that a request means.</summary>
internal sealed class Router(IReadOnlyList<Route> routes, VroSettings settings)
{
    /// <summary>What a request's method and path mean.</summary>
    internal readonly record struct Found(Route? Route, string Version, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Allowed);

    /// <summary>The operation; without one, <c>Allowed</c> holds the methods that the path does have.</summary>
    public Found Find(string method, PathString path)
    {
        var segments = (path.Value ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var version = segments.Length > 2 && segments[0].Equals("api", StringComparison.OrdinalIgnoreCase)
            ? settings.Versions.FirstOrDefault(v => v.Equals(segments[1], StringComparison.OrdinalIgnoreCase)) ?? string.Empty
            : string.Empty;
        var allowed = new List<string>();
        foreach (var route in routes)
        {
            if (route.Versioned && (version.Length == 0 || !route.IsIn(version)))
                continue;
            if (route.Match(route.Versioned ? segments.AsSpan(2) : segments) is not { } values)
                continue;
            if (route.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                return new(route, version, values, []);
            allowed.Add(route.Method);
        }

        return new(null, version, new Dictionary<string, string>(StringComparer.Ordinal), allowed);
    }
}
