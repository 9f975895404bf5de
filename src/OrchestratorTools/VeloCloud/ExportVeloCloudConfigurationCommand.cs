using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Writes the modules of an enterprise's profiles and edges into a folder of JSON files that are the same bytes as long as the configuration is the same. Secrets are left out.
/// </summary>
[Cmdlet(VerbsData.Export, "VeloCloudConfiguration", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudConfigurationExport))]
public sealed class ExportVeloCloudConfigurationCommand : ChangingCmdlet<VeloCloudSession>
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);
    private readonly VeloCloudEnterpriseResolver _enterprises = new();

    /// <summary>The folder. It is made; one that holds an export already is replaced with -Force.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The enterprise, by name, id or object: one for a folder. Operators and partners must say.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNull]
    public VeloCloudEnterpriseArgument? Enterprise { get; set; }

    /// <summary>Only these profiles: names, with wildcards. Without it and without -Edge: all profiles and all edges.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Profile { get; set; }

    /// <summary>Only these edges: names, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEdgeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Edge { get; set; }

    /// <summary>Only these modules, by name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudModuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Module { get; set; }

    /// <summary>Replaces an export that the folder holds already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many requests are sent at once; default 4.</summary>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = Session(Enterprise?.Piped);
        CurrentTarget = Enterprise?.Target ?? session.ConnectionName;
        var client = new VeloCloudClient(session, RequestObserver);
        var places = Await(token => _enterprises.ResolveAsync(session, client, Enterprise, token));
        if (places.Count > 1)
        {
            throw VeloCloudMessages.Ambiguous(nameof(Enterprise), Enterprise!.Name, "enterprises, and a folder holds one", places.Select(p => p.ToString()));
        }

        var place = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path).TrimEnd(global::System.IO.Path.DirectorySeparatorChar, global::System.IO.Path.AltDirectorySeparatorChar);
        CheckPlace(place);
        if (ShouldProcess($"folder '{place}'", $"{(Directory.Exists(place) ? "Replace the export by one" : "Write an export")} of {places[0]} at {session.Server.Authority}"))
        {
            Export(session, client, places[0], place);
        }
    }

    private void Export(VeloCloudSession session, VeloCloudClient client, VeloCloudEnterpriseTarget target, string place)
    {
        // A manifest names the enterprise by all its ids: restoring goes by them.
        var enterprise = target.Id is null && session.OwnEnterprise is { } own ? own : Await(token => client.GetEnterpriseAsync(target.CertainId, token));
        if (enterprise is null)
        {
            throw new OrchestratorApiException(System, OrchestratorErrorKind.NotFound, $"There is no {target}, or the connection may not see it.") { RecommendedAction = "Get-VeloCloudEnterprise lists those that the connection sees." };
        }

        var profiles = new VeloCloudNameFilter(nameof(Profile), "profile", Profile);
        var edges = new VeloCloudNameFilter(nameof(Edge), "edge", Edge);
        var shown = Stopwatch.StartNew();
        var exporter = new ConfigurationExporter(client, session, RequestObserver)
        {
            WantsProfiles = Profile is not null || Edge is null,
            WantsEdges = Edge is not null || Profile is null,
            TakesProfile = profiles.Takes,
            TakesEdge = edges.Takes,
            Modules = Module?.Select(VeloCloudModuleCompleter.Spelled).Distinct(StringComparer.Ordinal).ToArray() ?? [],
            ThrottleLimit = ThrottleLimit,
            Check = () =>
            {
                profiles.ThrowMissing(target.ToString());
                edges.ThrowMissing(target.ToString());
            },
            Progress = count =>
            {
                lock (shown)
                {
                    if (shown.Elapsed < ProgressInterval)
                    {
                        return;
                    }

                    shown.Restart();
                }

                Post(() => WriteProgress(new ProgressRecord(1, "Exporting the configuration", string.Create(CultureInfo.InvariantCulture, $"{count} profiles and edges of {target}"))));
            },
        };
        var written = Await(token => exporter.ExportAsync(enterprise, target.Id, place, token));
        WriteProgress(new ProgressRecord(1, "Exporting the configuration", "Done") { RecordType = ProgressRecordType.Completed });
        WriteObject(written);
    }

    private void CheckPlace(string place)
    {
        if (File.Exists(place))
        {
            throw Occupied(place, "it is a file", "Name a folder.");
        }

        if (!Directory.Exists(place) || !Directory.EnumerateFileSystemEntries(place).Any())
        {
            return;
        }

        if (!ConfigurationFolder.IsExport(place))
        {
            throw Occupied(place, "it holds something else than an export", "Name a folder that is empty, or is not there yet.");
        }

        if (!Force)
        {
            throw Occupied(place, "it holds an export already", "-Force replaces it.");
        }
    }

    private OrchestratorApiException Occupied(string place, string why, string action)
        => new(System, OrchestratorErrorKind.LocalFile, $"-Path '{place}': {why}. Nothing was written.") { RecommendedAction = action };
}
