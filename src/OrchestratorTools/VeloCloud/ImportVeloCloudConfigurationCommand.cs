using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Restores an exported configuration to the objects that it came from. Everything is checked before the first write; each module is read again right before it is written.
/// </summary>
[Cmdlet(VerbsData.Import, "VeloCloudConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VeloCloudConfigurationChange))]
public sealed class ImportVeloCloudConfigurationCommand : ChangingCmdlet<VeloCloudSession>
{
    /// <summary>The folder that Export-VeloCloudConfiguration wrote.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Only these profiles of the export: names, with wildcards. Without it and without -Edge: all profiles and all edges.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Profile { get; set; }

    /// <summary>Only these edges of the export: names, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEdgeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Edge { get; set; }

    /// <summary>Only these modules of the export: names, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudModuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Module { get; set; }

    /// <summary>Takes files that were changed since the export, a server that answers at another address, and modules whose shape has another version. Ids and logical ids must be the same all the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many requests are sent at once while the server is compared with the folder; default 4. Writes are sent one by one.</summary>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = Session();
        var folder = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        CurrentTarget = folder;
        var profiles = new VeloCloudNameFilter(nameof(Profile), "profile", Profile);
        var edges = new VeloCloudNameFilter(nameof(Edge), "edge", Edge);
        var modules = new VeloCloudNameFilter(nameof(Module), "module", Module);
        var importer = new ConfigurationImporter(new VeloCloudClient(session, RequestObserver), session, RequestObserver)
        {
            TakesProfile = name => (Profile is not null || Edge is null) && profiles.Takes(name),
            TakesEdge = name => (Edge is not null || Profile is null) && edges.Takes(name),
            TakesModule = modules.Takes,
            Check = () =>
            {
                profiles.ThrowMissing("the export");
                edges.ThrowMissing("the export");
                modules.ThrowMissing("the export");
            },
            Force = Force,
            ThrottleLimit = ThrottleLimit,
        };
        Restore(session, importer, Await(token => importer.PlanAsync(folder, token)));
    }

    private void Restore(VeloCloudSession session, ConfigurationImporter importer, IReadOnlyList<ConfigurationImporter.Step> steps)
    {
        var written = new List<string>();
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (step.Change.Differences.Count > 0 && ShouldProcess($"{step.Change} at {session.Server.Authority}", step.Question()))
            {
                try
                {
                    Await(token => importer.WriteAsync(step, token));
                    written.Add(step.Change.ToString());
                }
                catch (OrchestratorApiException e)
                {
                    // What comes after is not written: a restore that goes on after a failure leaves more behind that nobody knows.
                    var left = steps.Skip(i + 1).Where(s => s.Change.Differences.Count > 0).Select(s => s.Change.ToString()).ToArray();
                    throw Stopped(e, step, written, left);
                }
            }

            WriteObject(step.Change);
        }
    }

    private OrchestratorApiException Stopped(OrchestratorApiException cause, ConfigurationImporter.Step step, List<string> written, string[] left)
        => new(
            System,
            cause.Kind,
            string.Create(CultureInfo.InvariantCulture, $"The restore stopped at {step.Change}: {cause.Message} Written before: {List(written)}. Not written: {List(left)}."),
            cause)
        {
            StatusCode = cause.StatusCode,
            ServerCode = cause.ServerCode,
            ServerMessage = cause.ServerMessage,
            RequestId = cause.RequestId,
            Method = cause.Method,
            Uri = cause.Uri,
            RecommendedAction = cause.Kind is OrchestratorErrorKind.OutcomeUnknown
                ? "Whether this one was written is not known; running the import again compares anew and writes what is left."
                : "Running the import again compares anew and writes what is left.",
        };

    private static string List(IReadOnlyCollection<string> items) => items.Count == 0 ? "nothing" : string.Join(", ", items);
}
