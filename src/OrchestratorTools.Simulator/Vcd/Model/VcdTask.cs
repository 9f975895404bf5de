namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The states of a task (facts/vcd.md, "Task"). Which word a cancelled one gets depends on the version that is asked for.</summary>
internal enum TaskState
{
    Queued,
    PreRunning,
    Running,
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

    public bool IsActive => State is TaskState.Queued or TaskState.PreRunning or TaskState.Running;
}

/// <summary>All tasks.</summary>
internal sealed class TaskStore(Schedule schedule)
{
    private readonly SortedDictionary<Guid, VcdTask> _tasks = [];

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
        return task;
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
