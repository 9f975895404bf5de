namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The states of a task (facts/vcd.md, "Task"). Which word a cancelled one gets depends on the version that is asked for.</summary>
internal enum TaskState
{
    Queued,
    PreRunning,
    Running,

    /// <summary>Still at work; clients have met it, no schema names it.</summary>
    PostRunning,
    Success,
    Error,
    Canceled,
    Aborted,
}

/// <summary>What went wrong in a task.</summary>
internal sealed record TaskFailure(int Major, string Minor, string Message);

/// <summary>A task. The members that real tasks lack now and then (progress, end, error) can be missing here too.</summary>
internal sealed class VcdTask(Guid id, string operationName, string operation, Reference owner, Account user, Organization org, DateTimeOffset start)
    : Entity(id, "task", EntityKind.Task)
{
    public string OperationName { get; } = operationName;

    public string Operation { get; } = operation;

    public Reference Owner { get; } = owner;

    public Account User { get; } = user;

    public Organization Org { get; } = org;

    public DateTimeOffset Start { get; } = start;

    public TaskState State { get; set; } = TaskState.Running;

    public DateTimeOffset? End { get; set; }

    public int? Progress { get; set; }

    public TaskFailure? Failure { get; set; }

    public bool CancelRequested { get; set; }

    /// <summary>A recorded oddity: the task is over, yet still has its task:cancel link and no endTime.</summary>
    public bool LooksUnfinished { get; init; }

    /// <summary>What cancelling does; null where it cannot be cancelled.</summary>
    public Action? OnCancel { get; set; }

    public bool IsActive => State is TaskState.Queued or TaskState.PreRunning or TaskState.Running or TaskState.PostRunning;
}

/// <summary>All tasks.</summary>
internal sealed class TaskStore(Schedule schedule)
{
    private readonly IdTable<VcdTask> _tasks = new();
    private readonly List<TaskPlan> _plans = [];

    public IEnumerable<VcdTask> All => _tasks.Values;

    public VcdTask? Find(Guid id) => _tasks.GetValueOrDefault(id);

    public void Add(VcdTask task) => _tasks.Add(task.Id, task);

    /// <summary>Begins a task on <paramref name="entity"/>, which shows it until the next one begins.</summary>
    public VcdTask Begin(ITaskOwner entity, string operationName, string operation, Account user, bool looksUnfinished = false)
    {
        var task = new VcdTask(Guid.NewGuid(), operationName, operation, entity.Reference, user, entity.Org, schedule.Now) { LooksUnfinished = looksUnfinished };
        Add(task);
        entity.Tasks.RemoveAll(t => !t.IsActive);
        entity.Tasks.Add(task);
        if (_plans.Find(p => p.Takes(operationName)) is { } plan) Follow(plan, task);
        return task;
    }

    /// <summary>How tasks that begin later are to end; none of it happens to those that are there.</summary>
    public void Plan(TaskPlan plan) => _plans.Add(plan);

    public void ClearPlans() => _plans.Clear();

    /// <summary>The task ends before what it is for happens; what is half done is undone as if somebody had cancelled it.</summary>
    private void Follow(TaskPlan plan, VcdTask task)
    {
        if (plan.Count > 0 && --plan.Left == 0) _plans.Remove(plan);
        schedule.After(plan.After, () =>
        {
            if (!task.IsActive) return;
            var undo = task.OnCancel;
            End(task, plan.State, plan.Failure);
            undo?.Invoke();
        });
    }

    /// <summary>Ends a task that is still active; later ends are ignored.</summary>
    public void End(VcdTask task, TaskState state, TaskFailure? failure = null)
    {
        if (!task.IsActive) return;
        task.State = state;
        task.Failure = failure;
        task.End = schedule.Now;
        task.OnCancel = null;
        if (state == TaskState.Success && task.Progress is not null) task.Progress = 100;
    }
}
