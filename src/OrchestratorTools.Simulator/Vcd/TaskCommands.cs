using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The commands that make tasks and decide how they end (docs/simulator.md).</summary>
internal static class TaskCommands
{
    private static readonly (string Word, TaskState State)[] Words =
    [
        ("queued", TaskState.Queued), ("preRunning", TaskState.PreRunning), ("running", TaskState.Running), ("postRunning", TaskState.PostRunning),
        ("success", TaskState.Success), ("error", TaskState.Error), ("canceled", TaskState.Canceled), ("aborted", TaskState.Aborted),
    ];

    /// <summary><c>task</c>: makes tasks, in any state, on anything. Called with the world's gate held.</summary>
    /// <exception cref="ArgumentException">A member is wrong; the sentence says which.</exception>
    public static JsonArray Make(VcdWorld world, JsonElement arguments)
    {
        VcdCommands.Check(arguments, "task", "organization", "object", "user", "operationName", "operation", "state", "progress", "error", "cancelable", "looksUnfinished", "endsAs", "endsAfterSeconds", "startedSecondsAgo", "count");
        var org = world.Inventory.FindOrg(arguments.Text("organization") ?? "acme") ?? throw new ArgumentException("There is no such organization.");
        var user = world.Inventory.Accounts.Find(a => a.Org == org && (arguments.Text("user") is not { } name || a.Name == name)) ?? throw new ArgumentException("The organization has no such user.");
        var owner = arguments.Text("object") is { } wanted
            ? world.Inventory.Everything.OfType<ITaskOwner>().FirstOrDefault(o => o.Org == org && o.Reference.Name == wanted) ?? throw new ArgumentException($"{org.Name} has nothing called '{wanted}' that tasks work on.")
            : null;
        var state = State(arguments, "state") ?? TaskState.Running;
        var endsAs = State(arguments, "endsAs") ?? TaskState.Success;
        var failure = Failure(arguments);
        var endsAfter = arguments.Number("endsAfterSeconds", 0, 0, 1_000_000_000);
        var ids = new JsonArray();
        for (var left = arguments.Number("count", 1, 1, 20000); left > 0; left--)
        {
            var start = world.Schedule.Now.AddSeconds(-arguments.Number("startedSecondsAgo", 0, 0, 1_000_000_000));
            var task = new VcdTask(Guid.NewGuid(), arguments.Text("operationName") ?? "vappUpdateVm", arguments.Text("operation") ?? "Updating", owner?.Reference ?? org.Reference, user, org, start)
            {
                State = state,
                Progress = arguments.TryGetProperty("progress", out _) ? (int)arguments.Number("progress", 0, 0, 100) : null,
                LooksUnfinished = arguments.Flag("looksUnfinished"),
            };
            if (task.IsActive) owner?.Tasks.Add(task);
            else (task.End, task.Failure) = (world.Schedule.Now, failure);
            if (arguments.Flag("cancelable") && task.IsActive) task.OnCancel = () => { };
            if (endsAfter > 0 && task.IsActive) world.Schedule.After(TimeSpan.FromSeconds(endsAfter), () => world.Tasks.End(task, endsAs, endsAs == TaskState.Error ? failure : null));
            world.Tasks.Add(task);
            ids.Add((JsonNode)EntityKind.Task.UrnOf(task.Id));
        }

        return ids;
    }

    /// <summary><c>nextTask</c>: how the next tasks of an operation end. Called with the world's gate held.</summary>
    /// <exception cref="ArgumentException">A member is wrong; the sentence says which.</exception>
    public static JsonObject Plan(VcdWorld world, JsonElement arguments)
    {
        VcdCommands.Check(arguments, "nextTask", "operationName", "state", "error", "afterSeconds", "count", "clear");
        if (arguments.Flag("clear")) world.Tasks.ClearPlans();
        if (arguments.Text("operationName") is not { } operation) return arguments.Flag("clear") ? [] : throw new ArgumentException("nextTask needs an operationName; * stands for any.");
        var state = State(arguments, "state") ?? TaskState.Error;
        if (state is not (TaskState.Error or TaskState.Canceled or TaskState.Aborted)) throw new ArgumentException("The state of nextTask is error, canceled or aborted.");
        world.Tasks.Plan(new TaskPlan(operation, (int)arguments.Number("count", 1, 0, 20000))
        {
            State = state,
            Failure = Failure(arguments),
            After = arguments.TryGetProperty("afterSeconds", out _) ? TimeSpan.FromSeconds(arguments.Double("afterSeconds")) : TimeSpan.FromMilliseconds(100),
        });
        return new JsonObject { ["operationName"] = operation };
    }

    private static TaskState? State(JsonElement arguments, string member)
    {
        if (arguments.Text(member) is not { } word) return null;
        var found = Array.FindIndex(Words, w => w.Word == word);
        return found >= 0 ? Words[found].State : throw new ArgumentException($"'{member}' is one of {string.Join(", ", Words.Select(w => w.Word))}, not '{word}'.");
    }

    /// <summary>The words of an error; null where none are given: the task has no Error child then.</summary>
    private static TaskFailure? Failure(JsonElement arguments)
    {
        if (!arguments.TryGetProperty("error", out var error) || error.ValueKind == JsonValueKind.Null) return null;
        VcdCommands.Check(error, "error", "majorErrorCode", "minorErrorCode", "message");
        return new TaskFailure((int)error.Number("majorErrorCode", 500, 0, 999), error.Text("minorErrorCode") ?? "INTERNAL_SERVER_ERROR", error.Text("message") ?? "The operation failed.");
    }
}
