using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Switches vApps and machines on and off (guide, "Operate a vApp"): a request to a vApp goes to each of its machines, in the order of its StartupSection.</summary>
internal static class PowerChanges
{
    private const string GuestShutdown = "guestShutdown";

    /// <summary>POST …/power/action/{action}.</summary>
    public static VcdAnswer Power(VcdCall call, ComputeTarget target, string action)
    {
        Require(call, target, action);
        var world = call.World;
        return action switch
        {
            "powerOn" => target.Accept(call, "vappDeploy", "Starting", Start(call, target, powersOn: true, lease: null, forcesCustomization: false)),
            "powerOff" => target.Accept(call, "vappPowerOff", "Powering off", Stop(call, target, action, m => SwitchOff(m))),
            "shutdown" => target.Accept(call, "vappShutdownGuest", "Shutting down", Stop(call, target, action, m => Shutdown(m))),
            "suspend" => target.Accept(call, "vappSuspend", "Suspending", Stop(call, target, action, m => m.Status = MachineStatus.Suspended)),
            "reset" => target.Accept(call, "vappReset", "Resetting", Stop(call, target, action, m => (m.Status, m.Question) = (MachineStatus.PoweredOn, null))),
            "reboot" => target.Accept(call, "vappRebootGuest", "Rebooting", Stop(call, target, action, RequireTools)),
            _ => throw VcdException.NotFound(),
        };
    }

    /// <summary>POST …/action/deploy. Without powerOn the machines are switched on too (schema: the default is true).</summary>
    public static VcdAnswer Deploy(VcdCall call, ComputeTarget target)
    {
        var body = BodyShape.Deploy.Read(call, MediaTypes.DeployParams);
        Require(call, target, PowerLinks.Deploy);
        var seconds = (int?)body.Attribute("deploymentLeaseSeconds") ?? 0;
        TimeSpan? lease = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
        return target.Accept(call, "vappDeploy", "Starting", Start(call, target, Is(body, "powerOn", otherwise: true), lease, Is(body, "forceCustomization", otherwise: false)));
    }

    /// <summary>POST …/action/undeploy.</summary>
    public static VcdAnswer Undeploy(VcdCall call, ComputeTarget target)
    {
        var body = BodyShape.Undeploy.Read(call, MediaTypes.UndeployParams);
        var action = Xml.Text(body, "UndeployPowerAction") is { Length: > 0 } text ? text : "powerOff";
        if (action is not ("default" or "powerOff" or "suspend" or "shutdown" or "force")) throw VcdException.BadRequest($"validation error on field 'UndeployPowerAction': '{action}' is none of powerOff, suspend, shutdown, force and default.");
        Require(call, target, PowerLinks.Undeploy);
        var (operationName, verb) = action switch
        {
            "suspend" => ("vappUndeploySuspend", "Suspending"),
            "shutdown" => ("vappUndeployShutdown", "Shutting down"),
            _ => ("vappUndeployPowerOff", "Stopping"),
        };
        return target.Accept(call, operationName, verb, Stop(call, target, PowerLinks.Undeploy, m => Release(call.World, m, action)));
    }

    /// <summary>POST …/action/discardSuspendedState: what was suspended is off.</summary>
    public static VcdAnswer Discard(VcdCall call, ComputeTarget target)
    {
        Require(call, target, PowerLinks.DiscardState);
        return target.Accept(call, "vappDiscardSuspendedState", "Discarding suspended state of", () =>
        {
            foreach (var machine in target.Machines.Where(m => m.Status == MachineStatus.Suspended)) SwitchOff(machine);
        });
    }

    /// <summary>The steps that switch machines on: those of a lower order first.</summary>
    public static IReadOnlyList<WorkStep> Start(VcdCall call, ComputeTarget target, bool powersOn, TimeSpan? lease, bool forcesCustomization)
    {
        var (world, settings) = (call.World, call.Settings);
        if (target.Machines.Count == 0) return [new WorkStep(settings.PowerTime, () => { })];
        var byOrder = target.Machines.GroupBy(m => m.Startup.Order).OrderBy(g => g.Key).ToList();
        var wait = TimeSpan.Zero;
        var steps = new List<WorkStep>();
        foreach (var group in byOrder)
        {
            var machines = group.ToList();
            steps.Add(new WorkStep(settings.PowerTime + wait, () =>
            {
                foreach (var machine in machines) SwitchOn(machine, powersOn, forcesCustomization, target.Machine is not null);
                Leases.Follow(world, target.VApp, lease);
            }));
            wait = machines.Max(m => m.Startup.StartDelay);
        }

        return steps;
    }

    /// <summary>Gives a machine a host, and has it run.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="powersOn">Whether it is switched on, or deployed only.</param>
    /// <param name="forcesCustomization">Whether its guest is customized anew.</param>
    /// <param name="isAlone">Whether it itself is started, not its vApp: then its start action says nothing.</param>
    public static void SwitchOn(VirtualMachine machine, bool powersOn, bool forcesCustomization, bool isAlone)
    {
        machine.IsDeployed = true;
        if (forcesCustomization) machine.NeedsCustomization = true;
        if (powersOn && (isAlone || machine.Startup.StartAction is not "none") && machine.Status is (MachineStatus.PoweredOff or MachineStatus.Suspended))
        {
            machine.Status = MachineStatus.PoweredOn;
            if (machine.NeedsCustomization) Customize(machine);
        }

        AddressPools.Assign(machine);
    }

    /// <summary>Switches a machine off at once.</summary>
    public static void SwitchOff(VirtualMachine machine)
    {
        machine.Status = MachineStatus.PoweredOff;
        machine.Question = null;
        AddressPools.Assign(machine);
    }

    /// <summary>Takes a machine from its host, by an undeploy action.</summary>
    public static void Release(VcdWorld world, VirtualMachine machine, string action)
    {
        var runs = machine.Status is MachineStatus.PoweredOn;
        if (runs && (action is "shutdown" || (action is "default" && machine.Startup.StopAction is GuestShutdown))) RequireTools(machine);
        if (runs && action is "suspend") machine.Status = MachineStatus.Suspended;
        else if (machine.Status is not MachineStatus.Suspended || action is not "suspend") SwitchOff(machine);
        machine.IsDeployed = false;
        if (machine.VApp is { } vApp) Leases.Follow(world, vApp, lease: null);
    }

    /// <summary>Does something to the machines that an action is offered for: those of a higher order first.</summary>
    private static List<WorkStep> Stop(VcdCall call, ComputeTarget target, string action, Action<VirtualMachine> act)
    {
        var wait = TimeSpan.Zero;
        var steps = new List<WorkStep>();
        foreach (var group in target.Machines.GroupBy(m => m.Startup.Order).OrderByDescending(g => g.Key))
        {
            var machines = group.ToList();
            steps.Add(new WorkStep(call.Settings.PowerTime + wait, () =>
            {
                foreach (var machine in machines.Where(m => PowerLinks.Offered(m.Status, m.IsDeployed).Contains(action, StringComparer.Ordinal))) act(machine);
            }));
            wait = machines.Max(m => m.Startup.StopDelay);
        }

        return steps;
    }

    private static void Shutdown(VirtualMachine machine)
    {
        RequireTools(machine);
        SwitchOff(machine);
    }

    /// <summary>What happens in a guest at its first start: a password is made where none is given.</summary>
    private static void Customize(VirtualMachine machine)
    {
        machine.NeedsCustomization = false;
        var settings = machine.Customization;
        if (settings is { IsEnabled: true, HasAdminPassword: true, IsAdminPasswordAuto: true, AdminPassword: null }) machine.Customization = settings with { AdminPassword = Assumptions.MadePassword(machine.Id) };
    }

    private static void RequireTools(VirtualMachine machine)
    {
        if (machine.ToolsVersion == 0) throw Assumptions.NoTools(machine.Name);
    }

    private static void Require(VcdCall call, ComputeTarget target, string action)
    {
        target.RequireChange(call);
        target.RequireWhole();
        if (!PowerLinks.Offered(target.Status, target.IsDeployed).Contains(action, StringComparer.Ordinal)) throw Assumptions.NotInThisState(action, target.Machine is not null, target.Name);
    }

    private static bool Is(XElement body, string attribute, bool otherwise) => (string?)body.Attribute(attribute) switch
    {
        null => otherwise,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw VcdException.BadRequest($"validation error on field '{attribute}': the value must be true or false."),
    };
}
