using System.Globalization;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Removes what uploads leave behind. An upload shows its task from the start (facts/vcd.md, "OVF upload" and "Task"), and what a task works on is BUSY_ENTITY: the task is cancelled before.</content>
public sealed partial class VcdClient
{
    /// <summary>
    /// Ends an unfinished upload and removes what there is of it, at the server and on record. A running import is cancelled first. Throws with kind WrongState where it has ended well meanwhile, or where a task that is at work
    /// on it does not let go of it.
    /// </summary>
    public async Task StopTransferAsync(VcdTransfer transfer, string? stateFolder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        var entity = await GetEntityAsync<VcdResource>(transfer.Href, cancellationToken).ConfigureAwait(false);
        EnsureNotImported(entity);
        await RemoveUploadAsync(entity, ItemOf(entity), cancellationToken).ConfigureAwait(false);
        ForgetRecord(transfer.Href, stateFolder);
    }

    /// <summary>
    /// Removes an unfinished or failed upload, and its item. What is being imported is cancelled first; so is whatever makes the server say that it is busy, and then it is removed once more. Each wait has an end. Throws with
    /// kind WrongState where it stays, or where it has ended well meanwhile.
    /// </summary>
    internal async Task RemoveUploadAsync(VcdResource entity, string? itemHref, CancellationToken cancellationToken)
    {
        _observer.Verbose($"Removing the unfinished upload '{entity.Name}'.");
        VcdResource? present = entity;
        string? why = null;
        if (IsAtWork(entity) && (!entity.WaitsForBytes || entity.HasAllBytes))
        {
            (present, why) = await FreeAsync(entity, cancellationToken).ConfigureAwait(false);
            EnsureFree(present, null, why);
        }

        if (present is { } target && await RefusalAsync(target, cancellationToken).ConfigureAwait(false) is { } busy)
        {
            (present, why) = await FreeAsync(target, cancellationToken).ConfigureAwait(false);
            EnsureFree(present, busy, why);
            if (present is not null && await RefusalAsync(present, cancellationToken).ConfigureAwait(false) is { } still)
            {
                throw Stays(present, still, why);
            }
        }

        if (itemHref is null)
        {
            return;
        }

        // Where the item stays behind without what it stands for, it goes too; mostly it went with it.
        try
        {
            using var request = _session.NewRequest(HttpMethod.Delete, _session.Resolve(itemHref), tenant: Tenant);
            using var response = await _session.SendAsync(request, RequestClass.Idempotent, _observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
        {
            // It went with the entity.
        }
    }

    /// <summary>Sends the removal and follows it. Returns the refusal where a task is at work on the entity; every other failure is thrown.</summary>
    private async Task<OrchestratorApiException?> RefusalAsync(VcdResource entity, CancellationToken cancellationToken)
    {
        VcdChange change;
        try
        {
            change = await ChangeAsync(new VcdChangeRequest(HttpMethod.Delete, entity.Links.FirstOrDefault(l => l.Rel == "remove")?.Href ?? entity.Href, "Run the same command again."), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (VcdAssumptions.IsBusy(e))
        {
            return e;
        }

        await FollowAsync(change.Task, null, null, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// Cancels the tasks that are at work on an upload, and waits until there are none, but not longer than <see cref="VcdAssumptions.CanceledWithin"/>. Returns the entity as it is then (null: it went with its task) and, where
    /// a task that still runs could not be cancelled, why. Throws with kind WrongState where the upload has ended well meanwhile.
    /// </summary>
    private async Task<(VcdResource? Entity, string? Why)> FreeAsync(VcdResource entity, CancellationToken cancellationToken)
    {
        var time = _session.Settings.Time;
        var began = time.GetUtcNow();
        var pause = Polling.First;
        var asked = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var look = 0; ; look++)
        {
            try
            {
                entity = await GetEntityAsync<VcdResource>(entity.Href, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
            {
                _observer.Verbose($"The unfinished upload '{entity.Name}' went with its task.");
                return (null, null);
            }

            EnsureNotImported(entity);

            // What cannot be cancelled is not waited for; but it may just have ended, and so it is looked at once more.
            var running = entity.Tasks.Where(t => !t.IsFinished).ToArray();
            if (Array.TrueForAll(running, t => asked.GetValueOrDefault(t.Id) is not null) || time.GetUtcNow() - began >= VcdAssumptions.CanceledWithin)
            {
                return (entity, running.Select(t => asked.GetValueOrDefault(t.Id)).FirstOrDefault(w => w is not null));
            }

            foreach (var task in running.Where(t => !asked.ContainsKey(t.Id)))
            {
                // Who removes it already is not hindered.
                asked[task.Id] = VcdAssumptions.IsRemovalTask(task.OperationName) ? null : await CancelAsync(task, cancellationToken).ConfigureAwait(false);
            }

            if (look > 0)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
                pause = Polling.Next(pause);
            }
        }
    }

    /// <summary>Asks the server to cancel a task. Returns why it could not be; null where it was taken, or has just ended.</summary>
    private async Task<string?> CancelAsync(VcdTask task, CancellationToken cancellationToken)
    {
        if (task.IsCancelRequested)
        {
            return null;
        }

        if (task.Links.FirstOrDefault(l => l.Rel == "task:cancel") is not { } link)
        {
            return "the server names no way to cancel it";
        }

        _observer.Verbose($"Cancelling the task '{task.OperationName}' ({task.Id}).");
        try
        {
            await ChangeAsync(new VcdChangeRequest(HttpMethod.Post, link.Href, "Run the same command again."), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (OrchestratorApiException e) when (e.StatusCode is System.Net.HttpStatusCode.BadRequest or System.Net.HttpStatusCode.Conflict or System.Net.HttpStatusCode.Forbidden or System.Net.HttpStatusCode.NotFound)
        {
            _observer.Verbose($"The task could not be cancelled: {e.Message}");
            return e.Message.TrimEnd('.');
        }
    }

    private void EnsureNotImported(VcdResource entity)
    {
        if (VcdAssumptions.IsImported(entity.StatusCode))
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"The upload of '{entity.Name}' has ended well meanwhile; nothing was removed.", "Remove-VcdMedia or Remove-VcdTemplate removes it.");
        }
    }

    private void EnsureFree(VcdResource? entity, OrchestratorApiException? busy, string? why)
    {
        if (entity is not null && IsAtWork(entity))
        {
            throw Stays(entity, busy, why);
        }
    }

    private static bool IsAtWork(VcdResource entity) => entity.Tasks.Any(t => !t.IsFinished);

    private OrchestratorApiException Stays(VcdResource entity, OrchestratorApiException? busy, string? why)
    {
        var task = entity.Tasks.FirstOrDefault(t => !t.IsFinished);
        var reason = task is null ? $"the server calls it busy, although none of its tasks is at work on it: {busy!.ServerMessage?.TrimEnd('.')}"
            : $"task '{task.OperationName}' ({task.Id}, '{task.Status}') is at work on it, and " + (why is null
                ? string.Create(CultureInfo.InvariantCulture, $"did not end within {VcdAssumptions.CanceledWithin.TotalSeconds:0} seconds after it was cancelled")
                : $"could not be cancelled: {why}");
        return new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.WrongState, _session.Redactor.Redact($"The unfinished upload '{entity.Name}' stays at the server: {reason}."), busy)
        {
            StatusCode = busy?.StatusCode,
            ServerCode = busy?.ServerCode,
            ServerMessage = busy?.ServerMessage,
            RequestId = busy?.RequestId,
            Method = busy?.Method,
            Uri = busy?.Uri,
            RecommendedAction = task is null ? "Get-VcdTask shows what runs: run the same command again when it has ended." : $"Run the same command again when it has ended; Wait-VcdTask {task.Id} waits for that.",
        };
    }
}
