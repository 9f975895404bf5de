using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Tasks (facts/vcd.md, "Task").</summary>
internal static class TaskAnswers
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public static VcdAnswer Get(VcdCall call, VcdTask task) => VcdAnswer.Ok(Build(call, task, isRoot: true), MediaTypes.Task);

    /// <summary>GET /api/tasksList/{org}.</summary>
    public static VcdAnswer List(VcdCall call, Organization org) => VcdAnswer.Ok(
        Xml.Root(
            call.Hrefs,
            "TasksList",
            new XAttribute("name", "Tasks Lists"),
            new XAttribute("type", MediaTypes.TasksList),
            new XAttribute("href", call.Hrefs.Of(EntityKind.TasksList, org.Id)),
            call.World.Tasks.All.Where(t => t.Org == org && call.Sees.Sees(t)).Select(t => Build(call, t, isRoot: false))),
        MediaTypes.TasksList);

    /// <summary>POST /api/task/{id}/action/cancel.</summary>
    public static VcdAnswer Cancel(VcdCall call, VcdTask task)
    {
        if (!call.Sees.MayChange(task.Org) && task.User != call.Session.Account) throw VcdException.Forbidden();
        if (!task.IsActive || task.OnCancel is not { } cancel) throw new VcdException(Assumptions.RefusedCancelStatus, "BAD_REQUEST", $"The task {task.Id} cannot be canceled in its present state.");
        task.CancelRequested = true;
        if (call.World.Settings.CancelTime > TimeSpan.Zero) call.World.Schedule.After(call.World.Settings.CancelTime, End);
        else End();
        return VcdAnswer.NoContent;

        void End()
        {
            if (!task.IsActive) return;
            call.World.Tasks.End(task, TaskState.Canceled);
            cancel();
        }
    }

    /// <summary>The element Tasks of what a task works on; null where there is none.</summary>
    public static XElement? InProgress(VcdCall call, ITaskOwner owner)
        => owner.Tasks.Count == 0 ? null : Xml.Element("Tasks", owner.Tasks.Select(t => Build(call, t, isRoot: false)));

    public static string StateWord(TaskState state, ApiVersion version) => state switch
    {
        TaskState.Queued => "queued",
        TaskState.PreRunning => "preRunning",
        TaskState.Running => "running",
        TaskState.PostRunning => "postRunning",
        TaskState.Success => "success",
        TaskState.Error => "error",
        TaskState.Canceled when version < Assumptions.CanceledIsCalledAbortedFrom => "canceled",
        _ => "aborted",
    };

    public static XElement Build(VcdCall call, VcdTask task, bool isRoot)
    {
        var hrefs = call.Hrefs;
        object?[] content =
        [
            new XAttribute("status", StateWord(task.State, call.Version!)),
            new XAttribute("startTime", Xml.Time(task.Start)),
            new XAttribute("operationName", task.OperationName),
            new XAttribute("operation", task.Operation),
            new XAttribute("expiryTime", Xml.Time(task.Start + Kept)),
            task.End is { } end && !task.LooksUnfinished ? new XAttribute("endTime", Xml.Time(end)) : null,
            task.CancelRequested ? new XAttribute("cancelRequested", "true") : null,
            hrefs.Identity(task.Reference),
            (task.IsActive ? task.OnCancel is not null : task.LooksUnfinished) ? Xml.Link("task:cancel", type: null, $"{hrefs.Of(task)}/action/cancel") : null,
            hrefs.Reference("Owner", task.Owner),
            task.Failure is { } failure ? Error(failure) : null,
            hrefs.Reference("User", task.User.Reference),
            hrefs.Reference("Organization", task.Org.Reference),
            task.Progress is { } progress ? Xml.Element("Progress", progress.ToString(CultureInfo.InvariantCulture)) : null,
        ];
        return isRoot ? Xml.Root(hrefs, "Task", content) : Xml.Element("Task", content);
    }

    private static XElement Error(TaskFailure failure) => Xml.Element(
        "Error",
        new XAttribute("minorErrorCode", failure.Minor),
        new XAttribute("message", failure.Message),
        new XAttribute("majorErrorCode", failure.Major.ToString(CultureInfo.InvariantCulture)));
}
