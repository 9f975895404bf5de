namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Work that takes a few steps: the task stands in queued, preRunning and running, then what it is for happens.</summary>
internal static class Work
{
    /// <summary>Begins a task. Called with the world's gate held.</summary>
    /// <param name="world">The world.</param>
    /// <param name="owner">What it works on.</param>
    /// <param name="operationName">The short name.</param>
    /// <param name="operation">The sentence.</param>
    /// <param name="user">Who asked for it.</param>
    /// <param name="atEnd">What happens at its end; a <see cref="VcdException"/> makes it an error.</param>
    /// <param name="atCancel">What cancelling does beyond ending it; null: it cannot be cancelled.</param>
    /// <param name="looksUnfinished">It keeps the look of an active task when it is over.</param>
    public static VcdTask Begin(VcdWorld world, ITaskOwner owner, string operationName, string operation, Account user, Action atEnd, Action? atCancel = null, bool looksUnfinished = false)
    {
        var task = world.Tasks.Begin(owner, operationName, operation, user, looksUnfinished);
        task.State = TaskState.Queued;
        task.OnCancel = atCancel;
        world.Schedule.After(world.Settings.TaskStep, Advance);
        return task;

        void Advance()
        {
            if (!task.IsActive) return;
            if (task.State != TaskState.Running)
            {
                task.State++;
                world.Schedule.After(world.Settings.TaskStep, Advance);
                return;
            }

            try
            {
                atEnd();
                world.Tasks.End(task, TaskState.Success);
            }
            catch (VcdException e)
            {
                world.Tasks.End(task, TaskState.Error, new TaskFailure(e.Status, e.MinorCode ?? "INTERNAL_SERVER_ERROR", e.Message));
            }
        }
    }

    /// <summary>Begins a task and answers 202 with it.</summary>
    public static VcdAnswer Accept(VcdCall call, ITaskOwner owner, string operationName, string operation, Action atEnd)
        => VcdAnswer.Accepted(TaskAnswers.Build(call, Begin(call.World, owner, operationName, operation, call.Session.Account, atEnd), isRoot: true));
}
