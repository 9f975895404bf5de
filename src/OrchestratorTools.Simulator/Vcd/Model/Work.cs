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

    /// <summary>Begins a task that takes its time and says how far it is. Called with the world's gate held.</summary>
    /// <param name="world">The world.</param>
    /// <param name="owner">What it works on.</param>
    /// <param name="operationName">The short name.</param>
    /// <param name="operation">The sentence.</param>
    /// <param name="user">Who asked for it.</param>
    /// <param name="steps">What is done one after the other; a <see cref="VcdException"/> makes the task an error, and what follows is left out.</param>
    /// <param name="atCancel">What cancelling does beyond ending it; null: it cannot be cancelled.</param>
    public static VcdTask BeginSteps(VcdWorld world, ITaskOwner owner, string operationName, string operation, Account user, IReadOnlyList<WorkStep> steps, Action? atCancel = null)
    {
        var task = world.Tasks.Begin(owner, operationName, operation, user);
        task.State = TaskState.Queued;
        task.OnCancel = atCancel;
        var whole = TimeSpan.FromTicks(Math.Max(1, steps.Sum(s => s.Duration.Ticks)));
        world.Schedule.After(world.Settings.TaskStep, () => Enter(TaskState.PreRunning, () => world.Schedule.After(world.Settings.TaskStep, () => Enter(TaskState.Running, Run))));
        return task;

        void Enter(TaskState state, Action next)
        {
            if (!task.IsActive) return;
            task.State = state;
            next();
        }

        void Run()
        {
            task.Progress = 1;
            for (var tenth = 1; tenth < 10; tenth++)
            {
                var percent = tenth * 10;
                world.Schedule.After(whole * tenth / 10, () =>
                {
                    if (task.IsActive) task.Progress = percent;
                });
            }

            var at = TimeSpan.Zero;
            for (var i = 0; i < steps.Count; i++)
            {
                var (step, isLast) = (steps[i], i == steps.Count - 1);
                at += step.Duration;
                world.Schedule.After(at, () => Do(step, isLast));
            }
        }

        void Do(WorkStep step, bool isLast)
        {
            if (!task.IsActive) return;
            try
            {
                step.Do();
                if (isLast) world.Tasks.End(task, TaskState.Success);
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

/// <summary>A part of a task's work.</summary>
/// <param name="Duration">How long it takes.</param>
/// <param name="Do">What has happened when that is over.</param>
internal sealed record WorkStep(TimeSpan Duration, Action Do);
