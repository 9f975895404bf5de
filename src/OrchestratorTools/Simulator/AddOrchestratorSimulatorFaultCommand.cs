using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Simulator;

/// <summary>What a fault does (docs/simulator.md, "Faults").</summary>
public enum OrchestratorFaultKind
{
    /// <summary>The answer starts later.</summary>
    Latency,

    /// <summary>The connection is reset before the request is looked at.</summary>
    Refuse,

    /// <summary>The connection is reset after so many bytes of the request's body.</summary>
    ResetRequest,

    /// <summary>The connection is reset after so many bytes of the answer's body.</summary>
    ResetResponse,

    /// <summary>The connection is closed in good order after so many bytes of the answer's body.</summary>
    CloseResponse,

    /// <summary>The request is carried out, then the connection is cut without an answer.</summary>
    LostAnswer,

    /// <summary>A status of your choice; the server does not see the request.</summary>
    Status,

    /// <summary>429.</summary>
    RateLimit,

    /// <summary>A redirect.</summary>
    Redirect,

    /// <summary>Bytes trickle.</summary>
    Slow,

    /// <summary>The request is carried out, but answered with another body.</summary>
    ReplaceBody,

    /// <summary>The answer is cut short although Content-Length promised more.</summary>
    Truncate,

    /// <summary>An answer of any size.</summary>
    HugeBody,

    /// <summary>Sessions and access tokens are forgotten just before the request is looked at.</summary>
    ExpireSessions,
}

/// <summary>Makes the simulator misbehave, for the requests that match.</summary>
[Cmdlet(VerbsCommon.Add, "OrchestratorSimulatorFault", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class AddOrchestratorSimulatorFaultCommand : SimulatorCmdlet
{
    /// <summary>The server that misbehaves.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public OrchestratorSystem System { get; set; }

    /// <summary>What it does.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public OrchestratorFaultKind Kind { get; set; }

    /// <summary>With VeloCloud: it is the second Orchestrator that misbehaves.</summary>
    [Parameter]
    public SwitchParameter Standby { get; set; }

    /// <summary>The HTTP method of the requests that it applies to; default: any.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Method { get; set; }

    /// <summary>Wildcards for the path, without the query, of the requests that it applies to; default: any.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>How many matching requests go through first.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>How often it applies; 0: always.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>Latency: how much later, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 3600000)]
    public int? Milliseconds { get; set; }

    /// <summary>ResetRequest, ResetResponse, CloseResponse, Truncate, HugeBody: after or with how many bytes.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? Bytes { get; set; }

    /// <summary>Slow: bytes per second.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? BytesPerSecond { get; set; }

    /// <summary>Status, Redirect, HugeBody: the HTTP status.</summary>
    [Parameter]
    [ValidateRange(100, 599)]
    public int? Status { get; set; }

    /// <summary>Status, ReplaceBody: the body.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Body { get; set; }

    /// <summary>Status, ReplaceBody, HugeBody: the Content-Type.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>Status, RateLimit: headers.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Header { get; set; }

    /// <summary>RateLimit: seconds, or an HTTP date.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RetryAfter { get; set; }

    /// <summary>Redirect: where to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>LostAnswer: closes in good order instead of resetting.</summary>
    [Parameter]
    public SwitchParameter Close { get; set; }

    /// <summary>ExpireSessions: refresh tokens too.</summary>
    [Parameter]
    public SwitchParameter RefreshToken { get; set; }

    /// <summary>Returns the fault with its id.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var simulator = Target();
        if (Standby && System is not OrchestratorSystem.VeloCloud)
        {
            ThrowBadParameter(nameof(Standby), System, "only VeloCloud has a second server.");
        }

        var fault = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["system"] = Standby ? StandbyName : NameOf(System),
            ["kind"] = char.ToLowerInvariant(Kind.ToString()[0]) + Kind.ToString()[1..],
            ["method"] = Method,
            ["path"] = Path,
            ["skip"] = Skip,
            ["count"] = Count,
            ["milliseconds"] = Milliseconds,
            ["bytes"] = Bytes,
            ["bytesPerSecond"] = BytesPerSecond,
            ["status"] = Status,
            ["body"] = Body,
            ["contentType"] = ContentType,
            ["headers"] = Header,
            ["retryAfter"] = int.TryParse(RetryAfter, global::System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : RetryAfter,
            ["location"] = Location,
            ["close"] = Close.IsPresent ? true : null,
            ["refreshTokens"] = RefreshToken.IsPresent ? true : null,
        };
        foreach (var unset in fault.Where(f => f.Value is null).Select(f => f.Key).ToArray())
        {
            fault.Remove(unset);
        }

        if (!ShouldProcess($"simulator {simulator.Id}, {System}{(Standby ? " (standby)" : string.Empty)}", $"Add the fault {Kind}"))
        {
            return;
        }

        var element = JsonObjects.ToElement(fault);
        var id = Ask(token => simulator.Control.AddFaultAsync(element, token));
        if (PassThru)
        {
            var result = (PSObject)JsonObjects.ToObject(element)!;
            result.Properties.Add(new PSNoteProperty("id", id));
            WriteObject(result);
        }
    }
}
