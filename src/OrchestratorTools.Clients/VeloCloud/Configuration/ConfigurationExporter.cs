using System.Collections.Concurrent;
using System.Globalization;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Writes the modules of an enterprise's profiles and edges into a folder. Holds no more than is on its way: each module goes to its file as it comes.</summary>
/// <param name="client">The portal API.</param>
/// <param name="session">Its connection.</param>
/// <param name="observer">Hears what was passed over.</param>
internal sealed class ConfigurationExporter(VeloCloudClient client, VeloCloudSession session, IRequestObserver observer)
{
    /// <summary>Which profiles.</summary>
    public required Func<string, bool> TakesProfile { get; init; }

    /// <summary>Which edges.</summary>
    public required Func<string, bool> TakesEdge { get; init; }

    /// <summary>False where no edge is wanted: they are not even listed then.</summary>
    public bool WantsEdges { get; init; } = true;

    /// <summary>False where no profile is wanted.</summary>
    public bool WantsProfiles { get; init; } = true;

    /// <summary>Which modules; none for all.</summary>
    public required IReadOnlyCollection<string> Modules { get; init; }

    /// <summary>Asked before the folder is put in its place: throws where something that was asked for by its name was not there.</summary>
    public Action? Check { get; init; }

    /// <summary>How many requests at once.</summary>
    public required int ThrottleLimit { get; init; }

    /// <summary>Told after each configuration: how many there are so far.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>Writes the folder: beside its place first, and there when it is complete.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="enterpriseId">Its id as requests name it; null for a customer's own one.</param>
    /// <param name="place">The folder, a whole path. What is there is replaced.</param>
    /// <param name="cancellationToken">Ends the export; nothing is left of it then.</param>
    public async Task<VeloCloudConfigurationExport> ExportAsync(VeloCloudEnterprise enterprise, long? enterpriseId, string place, CancellationToken cancellationToken)
    {
        var partial = place + ".partial-" + Guid.NewGuid().ToString("N")[..8];
        try
        {
            Directory.CreateDirectory(partial);
            var entries = new ConcurrentBag<ConfigurationManifest.Entry>();
            long size = 0;
            var options = new ParallelOptions { MaxDegreeOfParallelism = ThrottleLimit, CancellationToken = cancellationToken };
            if (WantsProfiles)
            {
                var profiles = new List<VeloCloudProfile>();
                await foreach (var profile in client.GetProfilesAsync(enterpriseId, enterprise.Name, cancellationToken).ConfigureAwait(false))
                {
                    if (TakesProfile(profile.Name))
                    {
                        profiles.Add(profile);
                    }
                }

                await Parallel.ForEachAsync(profiles, options, async (profile, token) =>
                {
                    var target = new ConfigurationTarget(enterpriseId, enterprise.Name, profile.Id, null, profile.LogicalId, profile.Name);
                    var modules = await client.GetModulesAsync(target, Modules, token).ConfigureAwait(false);
                    await AddAsync(isEdge: false, profile.Id, profile.LogicalId, profile.Id, profile.Name, modules, token).ConfigureAwait(false);
                }).ConfigureAwait(false);
            }

            if (WantsEdges)
            {
                await Parallel.ForEachAsync(WantedEdgesAsync(enterpriseId, enterprise.Name, cancellationToken), options, async (edge, token) =>
                {
                    ConfigurationStack stack;
                    try
                    {
                        stack = await client.GetConfigurationStackAsync(edge.Id, edge.Name, enterpriseId, enterprise.Name, token).ConfigureAwait(false);
                    }
                    catch (OrchestratorApiException e) when (VeloCloudClient.IsNotFound(e))
                    {
                        observer.Warning($"Edge '{edge.Name}' was removed while the export ran; it is not in the export.");
                        return;
                    }

                    var modules = stack.OwnModules.Where(m => Modules.Count == 0 || Modules.Contains(m.Name, StringComparer.Ordinal)).ToArray();
                    await AddAsync(isEdge: true, edge.Id, edge.LogicalId, stack.Own.Id, edge.Name, modules, token).ConfigureAwait(false);
                }).ConfigureAwait(false);
            }

            Check?.Invoke();
            var ordered = entries.OrderBy(e => e.IsEdge).ThenBy(e => e.Id).ToArray();
            var manifest = new ConfigurationManifest(
                session.Server.Authority, await client.AskServerVersionAsync(cancellationToken).ConfigureAwait(false), enterprise.Id, enterprise.LogicalId, enterprise.Name, ordered);
            var bytes = StableJson.Write(manifest.ToJson());
            await ConfigurationFolder.WriteAsync(partial, ConfigurationManifest.FileName, bytes, cancellationToken).ConfigureAwait(false);
            ConfigurationFolder.Place(partial, place);
            return session.Stamp(new VeloCloudConfigurationExport
            {
                Path = place,
                EnterpriseName = enterprise.Name,
                EnterpriseId = enterprise.Id,
                ProfileCount = ordered.Count(e => !e.IsEdge),
                EdgeCount = ordered.Count(e => e.IsEdge),
                ModuleCount = ordered.Sum(e => e.Modules.Count),
                Size = size + bytes.Length,
            });

            async Task AddAsync(bool isEdge, long id, string? logicalId, long configurationId, string name, IReadOnlyList<VeloCloudConfigurationModule> modules, CancellationToken token)
            {
                var lines = new List<ConfigurationManifest.Module>();
                foreach (var module in modules.OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Id))
                {
                    var (line, file) = ConfigurationFolder.Prepare(isEdge, id, name, module);
                    if (lines.Exists(l => string.Equals(l.File, line.File, StringComparison.OrdinalIgnoreCase)))
                    {
                        throw session.Error(OrchestratorErrorKind.Protocol, string.Create(CultureInfo.InvariantCulture, $"{(isEdge ? "Edge" : "Profile")} '{name}' has two modules '{module.Name}' (ids {lines[^1].Id} and {module.Id}); they cannot be told apart."));
                    }

                    await ConfigurationFolder.WriteAsync(partial, line.File, file, token).ConfigureAwait(false);
                    Interlocked.Add(ref size, file.Length);
                    lines.Add(line);
                }

                entries.Add(new ConfigurationManifest.Entry(isEdge, id, logicalId, configurationId, name, lines));
                Progress?.Invoke(entries.Count);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.LocalFile, $"The export to '{place}' cannot be written: {e.Message}", e) { RecommendedAction = "Check the path, its rights and the free space." };
        }
        finally
        {
            Discard(partial);
        }
    }

    private static void Discard(string partial)
    {
        try
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has no manifest and is never taken for an export.
        }
    }

    private async IAsyncEnumerable<VeloCloudEdge> WantedEdgesAsync(long? enterpriseId, string? enterpriseName, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var edge in client.GetEdgesAsync(enterpriseId, enterpriseName, [], cancellationToken).ConfigureAwait(false))
        {
            if (TakesEdge(edge.Name))
            {
                yield return edge;
            }
        }
    }
}
