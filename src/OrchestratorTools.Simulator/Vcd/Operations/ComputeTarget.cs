namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A vApp with all its machines, or one machine: what power operations, snapshots and deletions work on.</summary>
internal sealed class ComputeTarget
{
    private ComputeTarget(ITaskOwner owner, VApp vApp, VirtualMachine? machine)
    {
        Owner = owner;
        VApp = vApp;
        Machine = machine;
        Machines = machine is null ? [.. vApp.Machines] : [machine];
    }

    public ITaskOwner Owner { get; }

    public VApp VApp { get; }

    /// <summary>The machine; null where it is the whole vApp.</summary>
    public VirtualMachine? Machine { get; }

    public IReadOnlyList<VirtualMachine> Machines { get; }

    public string Name => Owner.Reference.Name;

    public MachineStatus Status => Machine?.Status ?? VApp.Status;

    public bool IsDeployed => Machine?.IsDeployed ?? VApp.IsDeployed;

    public static ComputeTarget Of(VApp vApp) => new(vApp, vApp, machine: null);

    /// <exception cref="VcdException">403: it is a template's machine.</exception>
    public static ComputeTarget Of(VirtualMachine machine) => new(machine, machine.VApp ?? throw VcdException.Forbidden(), machine);

    /// <summary>A task's sentence (recorded: "Starting Virtual Machine name(id)").</summary>
    public string Sentence(string verb) => $"{verb} {(Machine is null ? "Virtual Application" : "Virtual Machine")} {Name}({Owner.Reference.Id})";

    /// <summary>Whether the asking user may change it now.</summary>
    /// <exception cref="VcdException">403 without the right; 400 in maintenance, or while a task works on it.</exception>
    public void RequireChange(VcdCall call)
    {
        RequireRight(call);
        if (Machine is null) Busy.RequireAll(VApp);
        else
        {
            Busy.Require(VApp);
            Busy.Require(Machine);
        }
    }

    /// <exception cref="VcdException">403 without the right; 400 in maintenance.</exception>
    public void RequireRight(VcdCall call)
    {
        if (!call.Sees.MayChange(VApp)) throw VcdException.Forbidden();
        if (VApp.IsInMaintenance && !call.Sees.IsProvider) throw Assumptions.InMaintenance(VApp.Name);
    }

    /// <summary>Whether it is as far as anything may be done with it.</summary>
    /// <exception cref="VcdException">400: it was not made, or its storage lease ran out.</exception>
    public void RequireWhole()
    {
        if (Status is MachineStatus.FailedCreation or MachineStatus.Unresolved) throw VcdException.BadRequest($"The requested operation could not be executed since the creation of {(Machine is null ? "vApp" : "VM")} \"{Name}\" was not completed.");
        if (VApp.IsExpired) throw Assumptions.Expired(VApp.Name);
    }

    /// <summary>Answers 202 with the task of work that takes so long as switching a machine does.</summary>
    public VcdAnswer Accept(VcdCall call, string operationName, string verb, Action atEnd) => Accept(call, operationName, verb, [new WorkStep(call.Settings.PowerTime, atEnd)]);

    public VcdAnswer Accept(VcdCall call, string operationName, string verb, IReadOnlyList<WorkStep> steps)
        => VcdAnswer.Accepted(TaskAnswers.Build(call, Work.BeginSteps(call.World, Owner, operationName, Sentence(verb), call.Session.Account, steps, () => { }), isRoot: true));
}
