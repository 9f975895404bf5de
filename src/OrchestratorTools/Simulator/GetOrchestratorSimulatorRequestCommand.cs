using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Simulator;

/// <summary>Reads the simulator's request log: what reached the three servers.</summary>
[Cmdlet(VerbsCommon.Get, "OrchestratorSimulatorRequest")]
[OutputType(typeof(OrchestratorSimulatorRequest))]
public sealed class GetOrchestratorSimulatorRequestCommand : SimulatorCmdlet
{
    /// <summary>The system; default: all three.</summary>
    [Parameter(Position = 0)]
    public OrchestratorSystem[]? System { get; set; }

    /// <summary>Only the requests of the second VeloCloud Orchestrator.</summary>
    [Parameter]
    public SwitchParameter Standby { get; set; }

    /// <summary>The HTTP methods.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Method { get; set; }

    /// <summary>Wildcards for the path without the query.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Only requests with a larger id.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long After { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var simulator = Target();
        var patterns = Path?.Select(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase)).ToArray();
        var name = Standby ? StandbyName : System is [var one] ? NameOf(one) : null;
        var all = Ask(token => simulator.Control.GetRequestsAsync(name, After, token));
        foreach (var line in all.EnumerateArray())
        {
            var request = new OrchestratorSimulatorRequest(line);
            if ((System is null || Standby || (System.Contains(request.System) && !request.IsStandby))
                && (Method is null || Method.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
                && (patterns is null || Array.Exists(patterns, p => p.IsMatch(request.Path))))
            {
                WriteObject(request);
            }
        }
    }
}

/// <summary>A line of the simulator's request log.</summary>
public sealed class OrchestratorSimulatorRequest
{
    internal OrchestratorSimulatorRequest(JsonElement line)
    {
        Id = line.GetProperty("id").GetInt64();
        var system = line.GetProperty("system").GetString()!;
        IsStandby = string.Equals(system, SimulatorCmdlet.StandbyName, StringComparison.OrdinalIgnoreCase);
        System = IsStandby ? OrchestratorSystem.VeloCloud : Enum.Parse<OrchestratorSystem>(system, ignoreCase: true);
        Method = line.GetProperty("method").GetString()!;
        Path = line.GetProperty("path").GetString()!;
        Query = Text(line, "query");
        Status = line.GetProperty("status").GetInt32();
        Time = line.GetProperty("startedAt").GetDateTimeOffset();
        Duration = TimeSpan.FromMilliseconds(line.GetProperty("milliseconds").GetDouble());
        BodySize = line.GetProperty("bodyBytes").GetInt64();
        ResponseSize = line.GetProperty("responseBytes").GetInt64();
        HasCredential = line.GetProperty("hasCredential").GetBoolean();
        Headers = line.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!, StringComparer.OrdinalIgnoreCase) : [];
        Aborted = line.GetProperty("aborted").GetBoolean();
        Fault = Text(line, "fault");
        Body = Text(line, "body");
    }

    /// <summary>A number that grows with every request.</summary>
    public long Id { get; }

    /// <summary>Which server.</summary>
    public OrchestratorSystem System { get; }

    /// <summary>True where it is the second VeloCloud Orchestrator.</summary>
    public bool IsStandby { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path without the query.</summary>
    public string Path { get; }

    /// <summary>The query, where there was one.</summary>
    public string? Query { get; }

    /// <summary>The HTTP status that the server decided on; 0 where the request was cut before that.</summary>
    public int Status { get; }

    /// <summary>When the request came (UTC).</summary>
    public DateTimeOffset Time { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Bytes of the request's body that arrived.</summary>
    public long BodySize { get; }

    /// <summary>Bytes of the answer's body that were sent.</summary>
    public long ResponseSize { get; }

    /// <summary>True when a credential header or cookie came with it.</summary>
    public bool HasCredential { get; }

    /// <summary>The headers that say what part is asked for and for which organization a provider acts; others are not logged.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>True when the connection was cut.</summary>
    public bool Aborted { get; }

    /// <summary>The kind of the fault that applied.</summary>
    public string? Fault { get; }

    /// <summary>The request's text, up to 64 KiB; none for logins and transfers.</summary>
    public string? Body { get; }

    private static string? Text(JsonElement line, string member)
        => line.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
