using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// Operations of APIv2 that go on after their answer: 202 and a <c>Location</c> that tells how far they are [spec]; what that looks like is inferred. What an operation does is
/// done when its time has come, or when it is asked for then. Safe for many threads.
/// </summary>
internal sealed class AsyncOperations(VeloNetwork network)
{
    public const string Path = "asyncOperations/";

    private readonly ConcurrentDictionary<string, Operation> _operations = new(StringComparer.OrdinalIgnoreCase);
    private readonly object _lock = new();

    /// <summary>Begins an operation.</summary>
    /// <param name="caller">Who asked for it; nobody else reads it but those above.</param>
    /// <param name="href">The resource that it is about.</param>
    /// <param name="settings">How long it takes, and whether it fails.</param>
    /// <param name="work">What it does; a <see cref="V2Error"/> is how it ends then.</param>
    public V2Answer Begin(Caller caller, string href, VeloSettings settings, Action work)
    {
        Settle();
        var id = Guid.NewGuid().ToString();
        var operation = new Operation(id, caller.Account, href, network.Now, network.Now.AddSeconds(settings.AsyncSeconds), settings.FailAsync, work);
        _operations[id] = operation;
        return V2Answer.Accepted(Describe(operation), ApiV2.Prefix + Path + id);
    }

    public V2Answer Read(Caller caller, string id)
    {
        Settle();
        return _operations.TryGetValue(id, out var operation) && (operation.Owner == caller.Account || caller.Tier > operation.Owner.Tier)
            ? V2Answer.Ok(Describe(operation))
            : throw V2Error.NotFound("asynchronous operation");
    }

    /// <summary>Does what is due, in the order in which it was asked for.</summary>
    public void Settle()
    {
        lock (_lock)
        {
            foreach (var operation in _operations.Values.Where(o => !o.IsOver && o.Due <= network.Now).OrderBy(o => o.Begun))
            {
                operation.IsOver = true;
                try
                {
                    if (operation.Fails)
                        operation.Error = "The edge did not take the change";
                    else
                        operation.Work();
                }
                catch (V2Error e)
                {
                    operation.Error = e.Message;
                }
            }
        }
    }

    private static JsonObject Describe(Operation operation)
        => new()
        {
            ["_href"] = ApiV2.Prefix + Path + operation.Id,
            ["id"] = operation.Id,
            ["status"] = !operation.IsOver ? VeloAssumptions.AsyncRunning : operation.Error is null ? VeloAssumptions.AsyncDone : VeloAssumptions.AsyncFailed,
            ["created"] = VeloTime.Text(operation.Begun),
            ["modified"] = VeloTime.Text(operation.IsOver ? operation.Due : operation.Begun),
            ["resource"] = new JsonObject { ["_href"] = operation.Href },
            ["errors"] = operation.Error is null ? new JsonArray() : new JsonArray(new JsonObject { ["code"] = "DataValidationError", ["message"] = operation.Error }),
        };

    private sealed record Operation(string Id, Account Owner, string Href, DateTimeOffset Begun, DateTimeOffset Due, bool Fails, Action Work)
    {
        public bool IsOver { get; set; }

        public string? Error { get; set; }
    }
}
