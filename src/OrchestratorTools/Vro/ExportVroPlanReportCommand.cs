using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Clients.Vro.Report;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Writes down what the server tells of plans and their runs, before it forgets it: one page, or the data.</summary>
[Cmdlet(VerbsData.Export, "VroPlanReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = NameSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportVroPlanReportCommand : ReadingCmdlet<VroSession>
{
    private const string NameSet = "Name";
    private const string PlanSet = "Plan";
    private const string IdSet = "Id";
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private string _path = string.Empty;
    private VroReport? _report;

    /// <summary>Names of plans, with wildcards; without it, all that this account may see.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VroPlanCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>A plan.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Plan { get; set; }

    /// <summary>Ids of plans.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Html: a page for people. Json: the data with their checksum.</summary>
    [Parameter]
    public ReportFormat Format { get; set; } = ReportFormat.Html;

    /// <summary>How long a run may take: each run is measured against it.</summary>
    [Parameter]
    public TimeSpan? Rto { get; set; }

    /// <summary>Replaces the file where it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Rto is { } rto && rto <= TimeSpan.Zero)
        {
            ThrowBadParameter(nameof(Rto), rto, "a time that is longer than nothing is needed, for example 00:30:00.");
        }

        _path = ResolvePath();
        if (Directory.Exists(_path))
        {
            ThrowBadParameter(nameof(Path), _path, "this is a folder; a file is needed.");
        }

        if (!Directory.Exists(global::System.IO.Path.GetDirectoryName(_path)))
        {
            ThrowBadParameter(nameof(Path), _path, "its folder does not exist.");
        }

        if (File.Exists(_path) && !Force)
        {
            ThrowBadParameter(nameof(Path), _path, "the file exists; -Force replaces it.");
        }

        _report = new VroReport
        {
            CreatedAt = DateTimeOffset.UtcNow,
            Rto = Rto,
            ModuleVersion = typeof(ExportVroPlanReportCommand).Assembly.GetName().Version!.ToString(3),
            Machine = Environment.MachineName,
        };
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        switch (ParameterSetName)
        {
            case PlanSet:
                if (PlanReference.IdOf(Plan!) is { } planId)
                {
                    foreach (var session in Sessions(Plan))
                    {
                        Add(session, Plan!.Properties["Name"]?.Value as string ?? planId, planId, nameof(Plan), Plan);
                    }
                }
                else
                {
                    WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Plan), Plan, PlanReference.Wanted));
                }

                break;
            case IdSet:
                foreach (var id in Id!)
                {
                    foreach (var session in Sessions())
                    {
                        Add(session, id, id, nameof(Id), id);
                    }
                }

                break;
            default:
                AddByName(Sessions());
                break;
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        var report = _report!;
        if (report.Plans.Count == 0)
        {
            WriteWarning($"No plan was read: '{_path}' is not written.");
            return;
        }

        if (!ShouldProcess(_path, report.Plans.Count == 1 ? $"Write the report of plan '{report.Plans[0].Plan.Name}'" : $"Write the report of {report.Plans.Count} plans"))
        {
            return;
        }

        FileInfo written;
        try
        {
            written = ReportFile.Write(_path, Format is ReportFormat.Json ? report.ToJson() : report.ToHtml(), Force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.LocalFile, $"-Path '{_path}' cannot be written: {e.Message}", e)
            {
                RecommendedAction = "Write it to another place soon: a restart of the server empties what it is made from.",
            };
        }

        if (PassThru)
        {
            WriteObject(written);
        }
    }

    private string ResolvePath()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        if (!provider.Name.Equals("FileSystem", StringComparison.Ordinal))
        {
            ThrowBadParameter(nameof(Path), Path, "a path of the file system is needed.");
        }

        return global::System.IO.Path.GetFullPath(path);
    }

    private void AddByName(IReadOnlyList<VroSession> sessions)
    {
        var names = new PlanNames(Name);
        var query = names.Narrow(new VroPlanQuery());
        var failed = false;
        foreach (var session in sessions)
        {
            var client = new VroClient(session, RequestObserver);
            Attempt(
                () =>
                {
                    failed = true;
                    Stream(token => client.ListPlansAsync(query, token), plan => Add(session, plan.Name, plan.Id, nameof(Name), plan));
                    failed = false;
                },
                session.ConnectionName);
        }

        foreach (var name in failed ? [] : names.Missing)
        {
            var missing = PlanNames.NotFound(nameof(Name), name, sessions);
            _report!.AddFailure(name, missing.Message);
            WriteApiError(missing, name);
        }
    }

    private void Add(VroSession session, string name, string planId, string parameter, object? target)
    {
        if (!_taken.Add(session.Server.Authority + "/" + planId))
        {
            return;
        }

        CurrentTarget = target;
        try
        {
            var client = new VroClient(session, RequestObserver);
            var plan = Await(token => client.ReadForReportAsync(planId, token));
            if (!plan.Runtime.HasDetails)
            {
                WriteWarning($"Plan '{plan.Plan.Name}': the server has no runtime details of it any more (a restart empties them). The report says so.");
            }

            _report!.Add(plan);
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            var told = e.Kind is OrchestratorErrorKind.NotFound && parameter != nameof(Name) ? PlanNames.NotFound(parameter, planId, [session]) : e;
            _report!.AddFailure(name, told.Message);
            WriteApiError(told, target);
        }
    }
}
