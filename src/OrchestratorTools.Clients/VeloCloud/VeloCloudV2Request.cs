using System.Globalization;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Checks a request of APIv2 against the operation table, before anything is sent.</summary>
internal static class VeloCloudV2Request
{
    // Every list takes them, wherever the definition says so (facts/velocloud.md, "Paging v2").
    private static readonly string[] Paging = ["limit", "nextPageLink", "prevPageLink"];

    /// <summary>What is wrong, in sentences; null where nothing is.</summary>
    /// <param name="method">GET, POST, …</param>
    /// <param name="path">The path, with or without the prefix.</param>
    /// <param name="query">The query.</param>
    /// <param name="body">The body.</param>
    /// <param name="parameter">Which parameter of a cmdlet is wrong: Path, Method, Query, Body.</param>
    /// <param name="value">Its value.</param>
    public static string? Check(string method, string path, IReadOnlyList<KeyValuePair<string, string>> query, JsonElement? body, out string parameter, out string value)
    {
        (parameter, value) = ("Path", path);
        var bare = Bare(path);
        if (bare.Contains('{', StringComparison.Ordinal))
        {
            return "the ids that stand for {…} are missing.";
        }

        if (bare.StartsWith("asyncOperations/", StringComparison.Ordinal))
        {
            return null;
        }

        var here = VeloCloudV2Operations.At(bare).ToArray();
        if (here.Length == 0)
        {
            var like = Like(bare);
            return $"the operation table has no such path{(like.Count > 0 ? $"; did you mean {string.Join(" or ", like.Select(l => "'" + l + "'"))}?" : ".")}";
        }

        if (Array.Find(here, o => o.Method == method) is not { } operation)
        {
            (parameter, value) = ("Method", method);
            return $"'{path}' takes {string.Join(", ", here.Select(o => o.Method))}.";
        }

        (parameter, value) = ("Query", path);
        var problems = new List<string>();
        foreach (var (name, text) in query)
        {
            if (operation.Parameters.FirstOrDefault(p => !p.IsInPath && p.Name == name) is { } known)
            {
                Check(known, text, problems);
            }
            else if (operation.Method is not "GET" || !Paging.Contains(name, StringComparer.Ordinal))
            {
                var names = operation.Parameters.Where(p => !p.IsInPath).Select(p => p.Name).ToArray();
                var like = Likeness.Of(name, names);
                problems.Add($"'{name}' is no parameter of {operation.Name}: {(names.Length == 0 ? "it takes none." : like.Count > 0 ? $"did you mean {string.Join(" or ", like.Select(l => "'" + l + "'"))}?" : $"it takes {string.Join(", ", names.Take(20))}{(names.Length > 20 ? ", …" : string.Empty)}.")}");
            }
        }

        problems.AddRange(operation.Parameters.Where(p => p is { IsInPath: false, IsRequired: true } && !query.Any(q => q.Key == p.Name)).Select(p => $"'{p.Name}' is required{(p.Words.Count > 0 ? ": " + string.Join(", ", p.Words) : string.Empty)}."));
        if (problems.Count > 0)
        {
            return string.Join(' ', problems);
        }

        (parameter, value) = ("Body", path);
        return CheckBody(operation, body);
    }

    private static string? CheckBody(VeloCloudV2Operation operation, JsonElement? body)
    {
        if (operation.HasBody != body is not null)
        {
            return operation.HasBody ? $"{operation.Name} needs a body." : $"{operation.Name} takes no body.";
        }

        if (body is not { } json)
        {
            return null;
        }

        if (operation.Method is "PATCH" && json.ValueKind is not JsonValueKind.Array)
        {
            return "a PATCH takes a list of changes (JSON Patch): @(@{ op = 'replace'; path = '/name'; value = 'x' }).";
        }

        // A POST with an action has another body than one without.
        if (operation is not { Method: "POST" or "PUT", BodyMembers.Count: > 0 } || json.ValueKind is not JsonValueKind.Object || operation.Parameters.Any(p => p.Name is "action"))
        {
            return null;
        }

        foreach (var member in json.EnumerateObject().Where(m => !operation.BodyMembers.Contains(m.Name, StringComparer.Ordinal)))
        {
            var like = Likeness.Of(member.Name, operation.BodyMembers);
            return $"'{member.Name}' is no member of {operation.Name}'s body{(like.Count > 0 ? $": did you mean {string.Join(" or ", like.Select(l => "'" + l + "'"))}?" : ".")}";
        }

        return null;
    }

    private static void Check(VeloCloudV2Parameter parameter, string text, List<string> problems)
    {
        var isTest = parameter.Name.EndsWith("ull]", StringComparison.Ordinal);
        if (parameter.Type is "integer" && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            problems.Add($"'{parameter.Name}' {text}: a whole number is needed{(parameter.Name is "start" or "end" ? ", or a time" : string.Empty)}.");
        }
        else if (parameter.Words.Count > 0 && !isTest && text.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(t => !parameter.Words.Contains(t, StringComparer.Ordinal)) is { } wrong)
        {
            var like = Likeness.Of(wrong, parameter.Words);
            problems.Add($"'{parameter.Name}' {wrong}: {(like.Count > 0 ? $"did you mean '{like[0]}'?" : $"one of {string.Join(", ", parameter.Words)} is needed.")}");
        }
    }

    private static string Bare(string path)
    {
        if (Uri.TryCreate(path, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https")
        {
            path = whole.PathAndQuery;
        }

        path = path.Split('?')[0];
        foreach (var prefix in new[] { VeloCloudAssumptions.V2Prefix, VeloCloudAssumptions.OldV2Prefix })
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return path[prefix.Length..];
            }
        }

        return path.TrimStart('/');
    }

    // Paths of as many parts, the ids put back into what is shown.
    private static IReadOnlyList<string> Like(string path)
    {
        var parts = path.Trim('/').Split('/');
        var candidates = VeloCloudV2Operations.All
            .Select(o => o.Path.Trim('/').Split('/'))
            .Where(p => p.Length == parts.Length)
            .Select(p => string.Join('/', p.Select((part, i) => part[0] == '{' ? parts[i] : part)))
            .Distinct(StringComparer.Ordinal);
        return Likeness.Of(path.Trim('/'), candidates);
    }
}
