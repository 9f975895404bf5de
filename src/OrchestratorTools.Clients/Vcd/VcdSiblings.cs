using System.Diagnostics.CodeAnalysis;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Changes of one command that go to virtual machines of the same vApp. Servers are reported to refuse some of those (BUSY_ENTITY) while another of the same vApp is at work. What is refused so was not taken: it is sent again when one
/// that this command itself began has ended. Where none did, somebody else is at work, and the refusal is the error that it is.
/// </summary>
internal sealed class VcdSiblings
{
    private readonly object _gate = new();
    private readonly Dictionary<string, List<Task<VcdTask?>>> _begun = new(StringComparer.Ordinal);

    /// <summary>Sends a change, and again while it is refused because of another one of the same vApp.</summary>
    /// <param name="client">Sends, and follows the others.</param>
    /// <param name="vapp">The address of the vApp; null where it is not known: sent once.</param>
    /// <param name="what">What is changed, for -Verbose: "virtual machine 'x'".</param>
    /// <param name="send">Sends the change.</param>
    /// <param name="timeout">The longest wait for one of the others; null: without end.</param>
    /// <param name="verbose">Told of each wait.</param>
    /// <param name="cancellationToken">Ends sending and waiting.</param>
    public async Task<VcdChange> SendAsync(VcdClient client, string? vapp, string what, Func<Task<VcdChange>> send, TimeSpan? timeout, Action<string> verbose, CancellationToken cancellationToken)
    {
        if (vapp is null)
        {
            return await send().ConfigureAwait(false);
        }

        while (true)
        {
            var own = new TaskCompletionSource<VcdTask?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var others = Register(vapp, own.Task);
            var isBegun = false;
            try
            {
                var change = await send().ConfigureAwait(false);
                isBegun = change.Task is not null;
                own.SetResult(change.Task);
                return change;
            }
            catch (OrchestratorApiException e) when (VcdAssumptions.IsBusy(e))
            {
                // What was refused keeps nobody waiting: said before the others are waited for, who may wait for this one.
                client.Sending?.Invoke(false);
                own.SetResult(null);
                if (!await WaitForAsync(client, vapp, [.. others, .. After(vapp, others, own.Task)], what, timeout, verbose, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }
            }
            finally
            {
                if (own.TrySetResult(null) || !isBegun)
                {
                    Forget(vapp, own.Task);
                }
            }
        }
    }

    // True where one of them was at work, and has ended. How it ended is its own affair.
    [SuppressMessage("Usage", "VSTHRD003:Avoid awaiting foreign Tasks", Justification = "Each is completed by the change that it stands for, which waits for nobody before.")]
    private async Task<bool> WaitForAsync(VcdClient client, string vapp, IReadOnlyList<Task<VcdTask?>> others, string what, TimeSpan? timeout, Action<string> verbose, CancellationToken cancellationToken)
    {
        var waited = false;
        foreach (var other in others)
        {
            if (await other.WaitAsync(cancellationToken).ConfigureAwait(false) is { } task)
            {
                verbose($"The server is at work on another virtual machine of the same vApp: {what} waits for task {task.Id}, and is then tried again.");
                try
                {
                    await client.FollowAsync(task, timeout, null, cancellationToken).ConfigureAwait(false);
                }
                catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Failed)
                {
                    verbose($"Task {task.Id} did not end well, which is told by the one that it belongs to.");
                }

                waited = true;
            }

            Forget(vapp, other);
        }

        return waited;
    }

    private void Forget(string vapp, Task<VcdTask?> begun)
    {
        lock (_gate)
        {
            _begun[vapp].Remove(begun);
        }
    }

    // Those that were registered before.
    private Task<VcdTask?>[] Register(string vapp, Task<VcdTask?> own)
    {
        lock (_gate)
        {
            if (!_begun.TryGetValue(vapp, out var begun))
            {
                _begun[vapp] = begun = [];
            }

            var others = begun.ToArray();
            begun.Add(own);
            return others;
        }
    }

    // Those that were registered since: the answer may be because of them as well.
    private Task<VcdTask?>[] After(string vapp, Task<VcdTask?>[] before, Task<VcdTask?> own)
    {
        lock (_gate)
        {
            return _begun[vapp].Where(t => t != own && !before.Contains(t)).ToArray();
        }
    }
}
