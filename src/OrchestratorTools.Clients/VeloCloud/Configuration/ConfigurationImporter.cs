using System.Globalization;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// Restores an exported folder to the objects that it came from. Everything is checked before the first write: each file, the server, the enterprise, each profile and edge by id and logical id.
/// </summary>
/// <param name="client">The portal API.</param>
/// <param name="session">Its connection.</param>
/// <param name="observer">Hears what stays as it is.</param>
internal sealed class ConfigurationImporter(VeloCloudClient client, VeloCloudSession session, IRequestObserver observer)
{
    private const int ShownProblems = 10;

    /// <summary>Which profiles.</summary>
    public required Func<string, bool> TakesProfile { get; init; }

    /// <summary>Which edges.</summary>
    public required Func<string, bool> TakesEdge { get; init; }

    /// <summary>Which modules.</summary>
    public required Func<string, bool> TakesModule { get; init; }

    /// <summary>Takes files that were changed since the export, a server of another address, and modules of another shape.</summary>
    public bool Force { get; init; }

    /// <summary>Asked when the folder was read: throws where something that was asked for by its name is not in it.</summary>
    public Action? Check { get; init; }

    /// <summary>How many requests at once.</summary>
    public required int ThrottleLimit { get; init; }

    /// <summary>Reads the folder and the server, and compares. Writes nothing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IReadOnlyList<Step>> PlanAsync(string folder, CancellationToken cancellationToken)
    {
        var manifest = ConfigurationFolder.ReadManifest(folder);
        var wanted = new List<(ConfigurationManifest.Entry Entry, List<(ConfigurationManifest.Module Line, JsonElement File)> Files)>();

        // All files, also those that are not wanted: a folder that is broken at one place is not trusted at another.
        foreach (var entry in manifest.Entries)
        {
            var files = entry.Modules.Select(m => (Line: m, File: ConfigurationFolder.ReadModule(folder, entry, m, Force))).ToList();
            if (entry.IsEdge ? TakesEdge(entry.Name) : TakesProfile(entry.Name))
            {
                wanted.Add((entry, [.. files.Where(f => TakesModule(f.Line.Name))]));
            }
        }

        Check?.Invoke();
        if (!Force && !string.Equals(manifest.Server, session.Server.Authority, StringComparison.OrdinalIgnoreCase))
        {
            throw Refused($"The export is of server {manifest.Server}, and connection '{session.ConnectionName}' leads to {session.Server.Authority}", "If it is the same Orchestrator by another address (after a failover, for example), -Force goes on; ids and logical ids must be the same all the same.");
        }

        var enterpriseId = await CheckEnterpriseAsync(manifest, cancellationToken).ConfigureAwait(false);
        var problems = new List<string>();
        var steps = new List<Step>[wanted.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, wanted.Count), new ParallelOptions { MaxDegreeOfParallelism = ThrottleLimit, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var (found, wrong) = await CompareAsync(manifest, enterpriseId, wanted[i].Entry, wanted[i].Files, token).ConfigureAwait(false);
            steps[i] = found;
            lock (problems)
            {
                problems.AddRange(wrong);
            }
        }).ConfigureAwait(false);
        if (problems.Count > 0)
        {
            problems.Sort(StringComparer.Ordinal);
            var more = problems.Count > ShownProblems ? string.Create(CultureInfo.InvariantCulture, $"; and {problems.Count - ShownProblems} more") : string.Empty;
            throw Refused(string.Join("; ", problems.Take(ShownProblems)) + more, "An export is restored to the objects that it came from, and to no others. -Profile, -Edge and -Module leave out what cannot be restored.");
        }

        return [.. steps.SelectMany(s => s)];
    }

    /// <summary>Writes one module. It is read again right before; where it is not what was compared, the error is Conflict and nothing is written.</summary>
    public async Task WriteAsync(Step step, CancellationToken cancellationToken)
    {
        await client.WriteModuleAsync(step.Target, step.Change.Module, step.Current, step.Data, cancellationToken).ConfigureAwait(false);
        step.Change.State = "Written";
    }

    private static OrchestratorApiException Refused(string what, string action)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.ConnectionMismatch, what + ". Nothing was written.") { RecommendedAction = action };

    private async Task<long?> CheckEnterpriseAsync(ConfigurationManifest manifest, CancellationToken cancellationToken)
    {
        var tier = await client.GetTierAsync(cancellationToken).ConfigureAwait(false);
        var enterprise = tier is VeloCloudTier.Customer && session.OwnEnterprise is { } own ? own : await client.GetEnterpriseAsync(manifest.EnterpriseId, cancellationToken).ConfigureAwait(false);
        if (enterprise is null || enterprise.Id != manifest.EnterpriseId)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"The export is of enterprise '{manifest.EnterpriseName}' (id {manifest.EnterpriseId}), which connection '{session.ConnectionName}' does not see"), "Connect as somebody who may change that enterprise.");
        }

        if (!string.Equals(enterprise.LogicalId, manifest.EnterpriseLogicalId, StringComparison.OrdinalIgnoreCase))
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"Enterprise {enterprise.Id} is '{enterprise.Name}' ({enterprise.LogicalId}) here, and was '{manifest.EnterpriseName}' ({manifest.EnterpriseLogicalId}) where the export was taken: it is another one"), "Restore to the Orchestrator that the export came from.");
        }

        return tier is VeloCloudTier.Customer ? null : enterprise.Id;
    }

    private async Task<(List<Step> Steps, List<string> Problems)> CompareAsync(
        ConfigurationManifest manifest, long? enterpriseId, ConfigurationManifest.Entry entry, List<(ConfigurationManifest.Module Line, JsonElement File)> files, CancellationToken cancellationToken)
    {
        var (logicalId, target, now, problem) = await ReadAsync(manifest, enterpriseId, entry, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return ([], [problem]);
        }

        if (!string.Equals(logicalId, entry.LogicalId, StringComparison.OrdinalIgnoreCase))
        {
            return ([], [string.Create(CultureInfo.InvariantCulture, $"{entry} has the logical id {logicalId} here and {entry.LogicalId} in the export: id {entry.Id} is something else now")]);
        }

        foreach (var other in now.Where(m => TakesModule(m.Name) && entry.Modules.All(l => l.Name != m.Name)))
        {
            observer.Warning($"{entry} has a module {other.Name} that the export has not; it stays as it is, since a module cannot be removed.");
        }

        var steps = new List<Step>();
        var problems = new List<string>();
        foreach (var (line, file) in files)
        {
            var current = now.FirstOrDefault(m => m.Name == line.Name);
            if (!Force && current is not null && !string.Equals(current.SchemaVersion, line.SchemaVersion, StringComparison.Ordinal))
            {
                problems.Add($"module {line.Name} of {entry} has the shape {current.SchemaVersion} here and {line.SchemaVersion} in the export (-Force writes it all the same)");
                continue;
            }

            var data = current?.Data() ?? JsonEdit.Parse("{}");
            if (JsonSecrets.PutBack(file.GetProperty("data"), data, out var whole) is { } lost)
            {
                problems.Add($"module {line.Name} of {entry}: the secret at {lost} is not in the export, and the server has none at that place");
                continue;
            }

            WarnOfTheRest(entry, file, current);
            var differences = current is null ? new[] { new VeloCloudDifference(VeloCloudDifferenceKind.Added, string.Empty, null, "the whole module") } : JsonDifferences.Between(data, whole);
            steps.Add(new Step(
                target,
                current,
                whole,
                session.Stamp(new VeloCloudConfigurationChange
                {
                    OwnerType = entry.IsEdge ? "Edge" : "Profile",
                    Owner = target.Name,
                    OwnerId = entry.Id,
                    Module = line.Name,
                    Differences = differences,
                    State = differences.Count == 0 ? "Unchanged" : "Different",
                })));
        }

        return (steps, problems);
    }

    // Only data are written: what a module says of itself beside them belongs to the server.
    private void WarnOfTheRest(ConfigurationManifest.Entry entry, JsonElement file, VeloCloudConfigurationModule? current)
    {
        if (current is null)
        {
            return;
        }

        var here = JsonSecrets.Withhold(current.Element());
        foreach (var name in new[] { "metadata", "refs" })
        {
            var before = file.TryGetProperty(name, out var old) ? old : default;
            var after = here.TryGetProperty(name, out var value) ? value : default;
            if (before.ValueKind is JsonValueKind.Object && !JsonDifferences.AreEqual(before, after))
            {
                observer.Warning($"Module {current.Name} of {entry}: its {name} are not those of the export; they are not restored.");
            }
        }
    }

    private async Task<(string? LogicalId, ConfigurationTarget Target, IReadOnlyList<VeloCloudConfigurationModule> Modules, string? Problem)> ReadAsync(
        ConfigurationManifest manifest, long? enterpriseId, ConfigurationManifest.Entry entry, CancellationToken cancellationToken)
    {
        var target = new ConfigurationTarget(enterpriseId, manifest.EnterpriseName, entry.ConfigurationId, entry.IsEdge ? entry.Id : null, entry.LogicalId, entry.Name);
        var missing = string.Create(CultureInfo.InvariantCulture, $"{entry} (id {entry.Id}) is not there any more");
        if (!entry.IsEdge)
        {
            var profile = await client.GetProfileAsync(entry.Id, enterpriseId, manifest.EnterpriseName, cancellationToken).ConfigureAwait(false);
            if (profile is null)
            {
                return (null, target, [], missing);
            }

            target = target with { Name = profile.Name };
            return (profile.LogicalId, target, await client.GetModulesAsync(target, [], cancellationToken).ConfigureAwait(false), null);
        }

        var edge = await client.GetEdgeAsync(entry.Id, null, enterpriseId, manifest.EnterpriseName, [], cancellationToken).ConfigureAwait(false);
        if (edge is null)
        {
            return (null, target, [], missing);
        }

        var stack = await client.GetConfigurationStackAsync(entry.Id, edge.Name, enterpriseId, manifest.EnterpriseName, cancellationToken).ConfigureAwait(false);
        var problem = stack.Own.Id == entry.ConfigurationId
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{entry} has the configuration {stack.Own.Id} here and {entry.ConfigurationId} in the export");
        return (edge.LogicalId, target with { Name = edge.Name }, stack.OwnModules, problem);
    }

    /// <summary>One module that is to be written, or is as it should be.</summary>
    /// <param name="Target">Whose module.</param>
    /// <param name="Current">What the server has; null where it has no such module.</param>
    /// <param name="Data">What is to be there, the server's secrets included.</param>
    /// <param name="Change">What is said of it.</param>
    internal sealed record Step(ConfigurationTarget Target, VeloCloudConfigurationModule? Current, JsonElement Data, VeloCloudConfigurationChange Change)
    {
        /// <summary>The question: what would be written, and the first differences.</summary>
        public string Question()
        {
            const int Shown = 5;
            var differences = string.Join("; ", Change.Differences.Take(Shown).Select(d => d.ToString()));
            var more = Change.Differences.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"; and {Change.Differences.Count - Shown} more") : string.Empty;
            return Current is null ? "Insert the module" : string.Create(CultureInfo.InvariantCulture, $"Restore ({Change.Differences.Count} {(Change.Differences.Count == 1 ? "difference" : "differences")}: {differences}{more})");
        }
    }
}
