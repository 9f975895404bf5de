namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>Steps that are done one after the other: a whole group, or one machine of a group whose machines go side by side.</summary>
internal sealed class Lane(IReadOnlyList<(RunVm? Vm, RunStep Step)> items, DateTimeOffset at)
{
    private int _next;

    /// <summary>When the current step began or may begin.</summary>
    public DateTimeOffset At { get; private set; } = at;

    /// <summary>The step to do, or under way; null at the end.</summary>
    public (RunVm? Vm, RunStep Step)? Current => _next < items.Count ? items[_next] : null;

    /// <summary>Where the step stands whose failure halted the run.</summary>
    public int? Failed { get; private set; }

    /// <summary>That step.</summary>
    public RunStep? FailedStep => Failed is { } failed ? items[failed].Step : null;

    /// <summary>The current step is over.</summary>
    public void Next(DateTimeOffset at)
    {
        At = at;
        _next++;
    }

    /// <summary>The step that was just over halts the run.</summary>
    public void Fail() => Failed = _next - 1;

    /// <summary>Goes on, not before a time.</summary>
    public void Begin(DateTimeOffset at)
    {
        if (at > At)
            At = at;
    }

    /// <summary>Passes over what is left of a machine.</summary>
    public void SkipRestOf(RunVm vm)
    {
        for (; _next < items.Count && items[_next].Vm == vm; _next++)
            items[_next].Step.Skip();
    }

    /// <summary>Passes over what is left of the machine that is next.</summary>
    public void SkipVm()
    {
        if (Current is { Vm: { } vm })
            SkipRestOf(vm);
    }

    /// <summary>Heeds what Continue says about the step that failed.</summary>
    public void Settle(ContinueOption option)
    {
        var failed = Failed!.Value;
        Failed = null;
        var vm = items[failed].Vm;
        switch (option)
        {
            case ContinueOption.RetryFailedStep:
                _next = failed;
                break;
            case ContinueOption.RetryFailedVm:
                while (failed > 0 && vm is not null && items[failed - 1].Vm == vm)
                    failed--;
                _next = failed;
                break;
            case ContinueOption.ProceedToNextVm when vm is not null:
                SkipRestOf(vm);
                return;
            default:
                return;
        }

        for (var i = _next; i < items.Count; i++)
            items[i].Step.Clear();
    }
}
