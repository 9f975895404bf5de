using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Tasks (facts/vcd.md, "Task").</content>
public sealed partial class VcdClient
{
    /// <summary>The states of a task that has not ended.</summary>
    public static IReadOnlyList<string> RunningStates { get; } = ["queued", "preRunning", "running", "postRunning"];

    /// <summary>All states of a task.</summary>
    public static IReadOnlyList<string> TaskStates { get; } = [.. RunningStates, "success", "error", "canceled", "aborted"];

    /// <summary>
    /// Asks the server to cancel a task, by its link. A task that has ended, or that the server offers no link for, is an error of kind WrongState and nothing is sent; a server's own refusal says why. Returns the task as it is
    /// afterwards: being cancelled takes time.
    /// </summary>
    /// <param name="id">Id or address of the task.</param>
    /// <param name="cancellationToken">Ends the sending; whether the task is cancelled is then unknown.</param>
    public async Task<VcdTask> CancelTaskAsync(string id, CancellationToken cancellationToken)
    {
        var task = await GetTaskAsync(id, cancellationToken).ConfigureAwait(false);
        if (task.IsFinished)
        {
            // Recorded tasks carry the link after their end, too: it is no promise.
            throw _session.Error(OrchestratorErrorKind.WrongState, $"Task '{task.OperationName}' ({task.Id}) has ended ('{task.Status}'): there is nothing left to cancel.", "Get-VcdTask shows how it ended.");
        }

        var link = task.Links.FirstOrDefault(l => l.Rel == "task:cancel")
            ?? throw _session.Error(OrchestratorErrorKind.WrongState, $"Task '{task.OperationName}' ({task.Id}, '{task.Status}') cannot be cancelled: the server offers no way to do it.", "Some operations cannot be cancelled, others not in every state or by every user: wait for its end with Wait-VcdTask.");
        using var request = _session.NewRequest(HttpMethod.Post, _session.Resolve(link.Href), tenant: Tenant);
        request.Options.Set(RequestKeys.OutcomeHint, $"Look whether it was cancelled: Get-VcdTask {task.Id}");
        using var response = await _session.SendAsync(request, RequestClass.Change, _observer, cancellationToken).ConfigureAwait(false);
        return await GetTaskAsync(task.Href, cancellationToken).ConfigureAwait(false);
    }
}
