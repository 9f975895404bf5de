using System.Globalization;
using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>What changes something: sent once, and followed by its task (facts/vcd.md, "Task").</content>
public sealed partial class VcdClient
{
    // facts/vcd.md, "Limits".
    private const int LargestBody = 512 * 1024;
    private const int MostElements = 4096;

    /// <summary>Told true when a change goes out, and false when the server refused it: who is stopped in between can say what is known.</summary>
    internal Action<bool>? Sending { get; set; }

    /// <summary>
    /// Sends a change and takes from the answer what was started. It is sent once; only where the server says that it runs as many operations as it may (and so did not take it) is it sent again, a few times, with pauses.
    /// </summary>
    /// <param name="change">What to send.</param>
    /// <param name="cancellationToken">Ends the sending; whether the change was taken is then unknown.</param>
    internal async Task<VcdChange> ChangeAsync(VcdChangeRequest change, CancellationToken cancellationToken)
    {
        var body = change.Body is null ? null : Bytes(change.Body);
        var target = _session.Resolve(change.Href);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await SendChangeAsync(change, target, body, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (VcdAssumptions.IsOperationLimit(e))
            {
                Sending?.Invoke(false);
                if (attempt == VcdAssumptions.OperationLimitPauses.Count)
                {
                    throw new OrchestratorApiException(e.System, e.Kind, string.Create(CultureInfo.InvariantCulture, $"{e.Message.TrimEnd('.')}. It was asked {attempt + 1} times in {VcdAssumptions.OperationLimitPauses.Sum(p => p.TotalSeconds):0} seconds, and taken not once."), e)
                    {
                        StatusCode = e.StatusCode,
                        ServerCode = e.ServerCode,
                        ServerMessage = e.ServerMessage,
                        RequestId = e.RequestId,
                        Method = e.Method,
                        Uri = e.Uri,
                        RecommendedAction = "Nothing was changed. Get-VcdTask shows what runs: try again when some of it has ended, or ask the administrators of the server for a higher limit.",
                    };
                }

                var pause = VcdAssumptions.OperationLimitPauses[attempt];
                _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"The server runs as many operations as it may ({e.ServerMessage?.TrimEnd('.')}); it is asked again in {pause.TotalSeconds:0} s ({attempt + 1} of {VcdAssumptions.OperationLimitPauses.Count})."));
                await Task.Delay(pause, _session.Settings.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Follows what was started to its end. Returns the task as it ended, null where there was none; throws with kind Failed where it did not end well, with kind Timeout when the time has passed.</summary>
    /// <param name="task">What was started.</param>
    /// <param name="timeout">The longest wait; null: without end.</param>
    /// <param name="seen">Told of every state that was read.</param>
    /// <param name="cancellationToken">Ends the waiting, not the task.</param>
    public async Task<VcdTask?> FollowAsync(VcdTask? task, TimeSpan? timeout, Action<VcdTask>? seen, CancellationToken cancellationToken)
    {
        if (task is null)
        {
            return null;
        }

        seen?.Invoke(task);
        if (!task.IsFinished)
        {
            task = await WaitTaskAsync(task.Href.Length > 0 ? task.Href : task.Id, timeout, seen, cancellationToken).ConfigureAwait(false);
        }

        return FailureOf(task) is { } failure ? throw failure : task;
    }

    private async Task<VcdChange> SendChangeAsync(VcdChangeRequest change, Uri target, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = _session.NewRequest(change.Method, target, tenant: Tenant);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", change.ContentType);
        }

        request.Options.Set(RequestKeys.OutcomeHint, change.Outcome);
        if (change.IsSecret)
        {
            request.Options.Set(RequestKeys.Secret, value: true);
        }

        Sending?.Invoke(true);

        // facts/vcd.md, "Task": a PUT or DELETE of an entity starts a task as a POST does, so none of them is repeated.
        using var response = await _session.SendAsync(request, RequestClass.Change, _observer, cancellationToken).ConfigureAwait(false);
        var location = response.Headers.Location?.ToString();
        var length = (await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)).Length;
        if (length > 0)
        {
            var document = await _session.ReadXmlAsync(request, response, RequestClass.Change, cancellationToken).ConfigureAwait(false);
            var task = VcdChange.TaskIn(document) is { } started ? Guard(_session, new VcdTask(started), Tenant) : null;
            return new VcdChange(task, document.Name.LocalName is "Task" ? null : document, location);
        }

        if (response.StatusCode is not HttpStatusCode.Accepted)
        {
            return new VcdChange(null, null, location);
        }

        // A 202 says no more than that the change was taken: without its task nobody could say how it ends.
        return location is null
            ? throw _session.Unreadable(request, response, RequestClass.Change, "it was accepted, but no task is named")
            : new VcdChange(await TaskAtAsync(location, change, cancellationToken).ConfigureAwait(false), null, location);
    }

    private async Task<VcdTask> TaskAtAsync(string location, VcdChangeRequest change, CancellationToken cancellationToken)
    {
        try
        {
            return await GetTaskAsync(new Uri(_session.Server, location).AbsoluteUri, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e)
        {
            throw new OrchestratorApiException(e.System, OrchestratorErrorKind.OutcomeUnknown, _session.Redactor.Redact($"{change.Method} {change.Href} was accepted, but its task {location} could not be read: {e.Message} How it ended is unknown. It was not sent again."), e)
            {
                StatusCode = e.StatusCode,
                ServerCode = e.ServerCode,
                ServerMessage = e.ServerMessage,
                RequestId = e.RequestId,
                Method = change.Method.Method,
                Uri = e.Uri,
                RecommendedAction = change.Outcome,
            };
        }
    }

    // What the server would refuse without saying why is refused here, before anything is sent.
    private byte[] Bytes(XElement body)
    {
        foreach (var element in body.DescendantsAndSelf())
        {
            if (element.Attributes().FirstOrDefault(a => !VcdXml.IsWritable(a.Value)) is { } attribute)
            {
                throw Unwritable($"{element.Name.LocalName}/{attribute.Name.LocalName}");
            }

            if (element.Nodes().OfType<XText>().Any(t => !VcdXml.IsWritable(t.Value)))
            {
                throw Unwritable(element.Name.LocalName);
            }
        }

        var elements = body.DescendantsAndSelf().Count();
        var bytes = VcdXml.ToBytes(body);
        return elements <= MostElements && bytes.Length <= LargestBody
            ? bytes
            : throw _session.Error(OrchestratorErrorKind.Validation, string.Create(CultureInfo.InvariantCulture, $"The request '{body.Name.LocalName}' would have {bytes.Length} bytes and {elements} elements; the server takes at most {LargestBody} bytes and {MostElements} elements."), "Send it in several parts.");
    }

    private OrchestratorApiException Unwritable(string where)
        => _session.Error(OrchestratorErrorKind.Validation, $"'{where}' of the request holds a character that XML cannot hold. Nothing was sent.", "Leave out control characters.");
}
