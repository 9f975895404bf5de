using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Calls any method of the portal API. What the raw way changes, the module does not know how to undo: it asks first (ConfirmImpact High), except for the methods that only read.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "VeloCloudMethod", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeVeloCloudMethodCommand : ChangingCmdlet<VeloCloudSession>
{
    /// <summary>The method, object/method.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(VeloCloudMethodCompleter))]
    [ValidateNotNullOrEmpty]
    public string Method { get; set; } = string.Empty;

    /// <summary>The parameters: a hashtable or an object. By pipeline, one call each.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Parameters { get; set; }

    /// <summary>Sends methods that the operation table lacks, and parameters that it does not allow.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the answer's JSON text.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (!VeloCloudOperations.IsMethodName(Method))
        {
            ThrowBadParameter(nameof(Method), Method, "a method's name is needed, for example 'enterprise/getEnterpriseEdges'.");
        }

        if (VeloCloudOperations.IsSessionMethod(Method))
        {
            ThrowBadParameter(nameof(Method), Method, "a connection logs in and out by itself; use Connect-VeloCloud and Disconnect-VeloCloud.");
        }

        if (!Force && !VeloCloudOperations.All.ContainsKey(Method) && !VeloCloudReadMethods.Undefined.Contains(Method))
        {
            var like = VeloCloudOperations.NamesLike(Method);
            ThrowBadParameter(
                nameof(Method),
                Method,
                $"there is no such method{(like.Count > 0 ? $"; did you mean {string.Join(" or ", like.Select(l => "'" + l + "'"))}?" : ".")} -Force sends it all the same.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Body() is not { } body)
        {
            return;
        }

        var session = Session();
        CurrentTarget = Method;
        if (!VeloCloudReadMethods.Contains(Method) && !ShouldProcess($"{Method} at '{session.ConnectionName}'", "Call a method that may change something"))
        {
            return;
        }

        var client = new VeloCloudClient(session, RequestObserver);
        if (Raw)
        {
            WriteObject(Await(token => client.InvokeRawAsync(Method, body, token)));
        }
        else
        {
            Stream(token => client.InvokeAsync(Method, body, token), WriteElement);
        }
    }

    private byte[]? Body()
    {
        JsonElement given;
        try
        {
            given = JsonObjects.ToElement(Parameters ?? (object)new Dictionary<string, object?>(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is ArgumentException or JsonException or InvalidOperationException)
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Parameters), Method, "this cannot be written as JSON: " + e.Message));
            return null;
        }

        if (given.ValueKind is not JsonValueKind.Object)
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Parameters), Method, "the parameters are a hashtable or an object, for example @{ enterpriseId = 1 }."));
            return null;
        }

        var body = VeloCloudOperations.Prepare(Method, given, out var problems);
        if (problems.Count == 0)
        {
            return body;
        }

        if (Force)
        {
            WriteVerbose($"{Method} is sent as it is: {string.Join(" ", problems)}");
            return body;
        }

        WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Parameters), Method, $"{string.Join(" ", problems)} Nothing was sent; -Force sends it all the same."));
        return null;
    }

    private void WriteElement(JsonElement element)
    {
        WriteObject(JsonObjects.ToObject(element));

        // Some changes answer with one result an object, of which each may be an error.
        if (element.ValueKind is JsonValueKind.Object && element.TryGetProperty("rows", out _)
            && element.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.String && JsonText.Of(error) is { Length: > 0 } said)
        {
            WriteApiError(new OrchestratorApiException(System, OrchestratorErrorKind.Failed, $"{Method}: {said}{(element.TryGetProperty("id", out var id) ? $" (id {id})" : string.Empty)}"), Method);
        }
    }
}
