using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Sends any request of APIv2. What the raw way changes, the module does not know how to undo: it asks first (ConfirmImpact High), except where it only reads.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "VeloCloudRequest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeVeloCloudRequestCommand : ChangingCmdlet<VeloCloudSession>
{
    /// <summary>The path behind /api/sdwan/v2/, or a whole one that an answer named.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Uri", "_href")]
    [ArgumentCompleter(typeof(VeloCloudPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The HTTP method. Everything but GET is a change: it asks, and is sent once.</summary>
    [Parameter]
    [ValidateSet("GET", "POST", "PUT", "PATCH", "DELETE")]
    public string Method { get; set; } = "GET";

    /// <summary>The body: a hashtable or an object, a list of them (JSON Patch), or JSON as text.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>The query: names and values. Times become milliseconds, lists are joined with commas.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Query { get; set; }

    /// <summary>Does not follow nextPageLink.</summary>
    [Parameter]
    public SwitchParameter NoPaging { get; set; }

    /// <summary>Follows an asynchronous operation to its end.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait with -Wait, in whole seconds; default: without end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <summary>Sends paths that the operation table lacks, and parameters that it does not allow.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the answer's JSON text: one request, one page.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    private bool IsRead => Method.Equals("GET", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (IsRead && Body is not null)
        {
            ThrowBadParameter(nameof(Body), Body, "a GET has no body; give -Method, or put it into -Query.");
        }

        if (IsRead && Wait)
        {
            ThrowBadParameter(nameof(Wait), true, "only a change goes on after its answer; give -Method.");
        }

        if (Timeout > 0 && !Wait)
        {
            ThrowBadParameter(nameof(Timeout), Timeout, "it is the longest wait of -Wait; without -Wait nothing is waited for.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var body = ReadBody();
        var query = ReadQuery();
        if (!Check(query, body))
        {
            return;
        }

        var session = Session();
        var client = new VeloCloudV2Client(session, RequestObserver);
        CurrentTarget = Path;
        if (IsRead && !Raw)
        {
            Stream(token => client.ListAsync(Path, query, followLinks: !NoPaging, token), element => WriteObject(Result(element, session)));
            return;
        }

        if (!IsRead && !ShouldProcess($"{Method.ToUpperInvariant()} {Path} at '{session.ConnectionName}'", "Send a request that may change something"))
        {
            return;
        }

        var bytes = body is { } json ? Encoding.UTF8.GetBytes(json.GetRawText()) : null;
        var answer = Await(token => client.SendAsync(HttpMethod.Parse(Method.ToUpperInvariant()), Path, query, bytes, "Read the object with Invoke-VeloCloudRequest before you try again.", token));
        if (answer.Location is { } location)
        {
            WriteVerbose($"HTTP {(int)answer.StatusCode}, location {location}");
        }

        var result = answer.Body;
        if (Wait)
        {
            result = Await(token => client.WaitAsync(answer, Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null, state => Post(() => WriteVerbose($"{answer.Location}: {state}")), token));
        }

        if (Raw)
        {
            WriteObject(result?.GetRawText() ?? string.Empty);
        }
        else if (result is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var item in list.EnumerateArray())
            {
                WriteObject(Result(item, session));
            }
        }
        else if (result is { } one)
        {
            var written = Result(one, session);
            if (answer.IsUnderWay && !Wait && written is PSObject operation && operation.Properties["Location"] is null)
            {
                operation.Properties.Add(new PSNoteProperty("Location", answer.Location?.OriginalString));
            }

            WriteObject(written);
        }
        else if (answer.IsUnderWay && !Wait)
        {
            var operation = new PSObject();
            operation.Properties.Add(new PSNoteProperty("Location", answer.Location?.OriginalString));
            operation.Properties.Add(new PSNoteProperty("Connection", session.ConnectionName));
            WriteObject(operation);
        }
    }

    // What came by a connection is acted on there.
    private static object? Result(JsonElement element, VeloCloudSession session)
    {
        var result = JsonObjects.ToObject(element);
        if (result is PSObject item && item.Properties["Connection"] is null)
        {
            item.Properties.Add(new PSNoteProperty("Connection", session.ConnectionName));
        }

        return result;
    }

    private bool Check(IReadOnlyList<KeyValuePair<string, string>> query, JsonElement? body)
    {
        var problems = VeloCloudV2Request.Check(Method.ToUpperInvariant(), Path, query, body, out var parameter, out var value);
        if (problems is null)
        {
            return true;
        }

        if (Force)
        {
            WriteVerbose($"{Path} is sent as it is: {problems}");
            return true;
        }

        WriteError(ErrorRecords.BadParameter(ErrorPrefix, parameter, value, $"{problems} Nothing was sent; -Force sends it all the same."));
        return false;
    }

    private JsonElement? ReadBody()
    {
        if (Body is null)
        {
            return null;
        }

        if (Body is string or PSObject { BaseObject: string })
        {
            try
            {
                using var document = JsonDocument.Parse(Body.ToString()!, new JsonDocumentOptions { MaxDepth = 128 });
                return document.RootElement.Clone();
            }
            catch (JsonException e)
            {
                ThrowBadParameter(nameof(Body), Method, $"it is no JSON ({e.Message}). A hashtable is written as JSON by itself.");
            }
        }

        try
        {
            return JsonObjects.ToElement(Body);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or InvalidOperationException)
        {
            ThrowBadParameter(nameof(Body), Method, $"it cannot be written as JSON: {e.Message}");
        }

        return null;
    }

    private KeyValuePair<string, string>[] ReadQuery()
        => Query is null ? [] : [.. Query.Cast<DictionaryEntry>().Select(e => new KeyValuePair<string, string>(e.Key.ToString()!, QueryValue(e.Value)))];

    private static string QueryValue(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? QueryValue(wrapped.BaseObject) : value switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "true" : "false",
        SwitchParameter flag => flag ? "true" : "false",
        DateTimeOffset time => VeloCloudV2Client.Time(time),
        DateTime time => VeloCloudV2Client.Time(new DateTimeOffset(time.ToUniversalTime())),
        IDictionary => JsonObjects.ToElement(value).GetRawText(),
        IEnumerable list => string.Join(',', list.Cast<object?>().Select(QueryValue)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
