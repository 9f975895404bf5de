using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Sends any request to a Veeam Recovery Orchestrator, for what no cmdlet covers.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VroRequest", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeVroRequestCommand : ChangingCmdlet<VroSession>
{
    /// <summary>The path: under /api/VERSION/ of the connection, unless it begins with /api/.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The HTTP method.</summary>
    [Parameter]
    [ValidateSet("Get", "Post", "Put", "Patch", "Delete")]
    public string Method { get; set; } = "Get";

    /// <summary>The body: JSON as text, or a hashtable or object that is written as JSON.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>The query: names and values. What is a list or a hashtable is written as JSON, as filter and sort want it.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Query { get; set; }

    /// <summary>Follows a collection's pages and returns its items one by one.</summary>
    [Parameter]
    public SwitchParameter Paged { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var isRead = Method.Equals("Get", StringComparison.OrdinalIgnoreCase);
        if (Paged && !isRead)
        {
            ThrowBadParameter(nameof(Paged), true, "only what is read with Get has pages.");
        }

        if (isRead && Body is not null)
        {
            ThrowBadParameter(nameof(Body), Body, "a Get has no body; give -Method, or put it into -Query.");
        }

        var body = Body is null ? null : ReadBody();
        var session = Session();
        var client = new VroClient(session, RequestObserver);
        var address = ReadAddress(client);
        CurrentTarget = address.OriginalString;
        if (Paged)
        {
            Stream(token => client.ListRawAsync(address, token), item => WriteObject(Result(item, session)));
            return;
        }

        var method = HttpMethod.Parse(Method.ToUpperInvariant());
        if (!isRead && !ShouldProcess(session.Redactor.Redact(new Uri(session.Server, address)), $"Send {method}"))
        {
            return;
        }

        switch (Await(token => client.SendRawAsync(method, address, body, token)))
        {
            case null:
                break;
            case JsonElement { ValueKind: JsonValueKind.Array } list:
                foreach (var item in list.EnumerateArray())
                {
                    WriteObject(Result(item, session));
                }

                break;
            case JsonElement element:
                WriteObject(Result(element, session));
                break;
            case string text:
                WriteObject(text);
                break;
            default:
                break;
        }
    }

    private static object? Result(JsonElement element, VroSession session)
    {
        var result = JsonObjects.ToObject(element);
        if (result is PSObject item && item.Properties["Connection"] is null)
        {
            // So that what came from one server is acted on there.
            item.Properties.Add(new PSNoteProperty("Connection", session.ConnectionName));
        }

        return result;
    }

    private JsonElement? ReadBody()
    {
        if (Body is string or PSObject { BaseObject: string })
        {
            var text = Body.ToString()!;
            try
            {
                using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
                return document.RootElement.Clone();
            }
            catch (JsonException e)
            {
                ThrowBadParameter(nameof(Body), text, $"it is no JSON ({e.Message}). A hashtable is written as JSON by itself.");
            }
        }

        try
        {
            return JsonObjects.ToElement(Body);
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            ThrowBadParameter(nameof(Body), Body, $"it cannot be written as JSON: {e.Message}");
        }

        return null;
    }

    private Uri ReadAddress(VroClient client)
    {
        try
        {
            return client.AddressOf(Path, Query is null ? [] : Query.Cast<DictionaryEntry>().Select(e => new KeyValuePair<string, string>(e.Key.ToString()!, QueryValue(e.Value))));
        }
        catch (UriFormatException e)
        {
            ThrowBadParameter(nameof(Path), Path, $"this is no path ({e.Message}).");
            throw;
        }
    }

    private static string QueryValue(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? QueryValue(wrapped.BaseObject) : value switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "true" : "false",
        IDictionary or IEnumerable or PSObject => JsonObjects.ToElement(value).GetRawText(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
