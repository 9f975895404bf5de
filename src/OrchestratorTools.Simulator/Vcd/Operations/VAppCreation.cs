using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Makes vApps: from a template, from machines, from another vApp (guide, chapter 5). The vApp is there at once, unresolved, with the task in it.</summary>
internal static class VAppCreation
{
    /// <summary>POST /api/vdc/{id}/action/instantiateVAppTemplate.</summary>
    public static VcdAnswer Instantiate(VcdCall call, Vdc vdc)
    {
        var (body, reader, vApp, plan) = Begin(call, vdc, BodyShape.InstantiateTemplate, MediaTypes.InstantiateTemplateParams);
        var template = PlanReader.RequireReady(reader.Source<Template>());
        Busy.Require(template);
        reader.RequireEula(template);
        reader.AddAll(plan, vApp, template.Vms, removesSources: false);
        var isMove = Xml.Flag(body, "IsSourceDelete") is true;
        if (isMove && !call.Sees.MayChange(template)) throw VcdException.Forbidden();
        return Make(call, vApp, plan, "vdcInstantiateVapp", "Creating", () =>
        {
            if (isMove) call.World.Inventory.Remove(template);
        });
    }

    /// <summary>POST /api/vdc/{id}/action/composeVApp: of machines of templates and vApps, of blank ones, or of none.</summary>
    public static VcdAnswer Compose(VcdCall call, Vdc vdc)
    {
        var (body, reader, vApp, plan) = Begin(call, vdc, BodyShape.Compose, MediaTypes.ComposeParams);
        foreach (var item in body.Elements(Xml.Namespace + "SourcedItem")) reader.AddItem(plan, vApp, item);
        foreach (var item in body.Elements(Xml.Namespace + "CreateItem")) reader.AddBlank(plan, vApp, item);
        return Make(call, vApp, plan, "vdcComposeVapp", "Composing", () => { });
    }

    /// <summary>POST /api/vdc/{id}/action/cloneVApp: a copy; with IsSourceDelete the source goes.</summary>
    public static VcdAnswer Clone(VcdCall call, Vdc vdc)
    {
        var (body, reader, vApp, plan) = Begin(call, vdc, BodyShape.CloneVApp, MediaTypes.CloneVAppParams);
        var source = reader.Source<VApp>();
        Busy.RequireAll(source);
        ComputeTarget.Of(source).RequireWhole();
        var isMove = Xml.Flag(body, "IsSourceDelete") is true;
        if (isMove)
        {
            ComputeTarget.Of(source).RequireRight(call);
            if (source.IsDeployed) throw Assumptions.StopFirst(call.Version!, isMachine: false, source.Name);
        }

        var all = plan.Networks is not null ? plan : new VAppPlan
        {
            Vdc = vdc,
            Name = plan.Name,
            Description = plan.Description ?? source.Description,
            Deploys = plan.Deploys,
            PowersOn = plan.PowersOn,
            Lease = plan.Lease,
            ProductSections = plan.ProductSections,
            Networks = Networks(source, vdc),
        };
        reader.AddAll(all, vApp, source.Machines, removesSources: false);
        return Make(call, vApp, all, isMove ? "vdcMoveVapp" : "vdcCopyVapp", isMove ? "Moving" : "Copying", () =>
        {
            if (isMove) call.World.Inventory.Remove(source);
        });
    }

    /// <summary>POST /api/vApp/vapp-{id}/action/recomposeVApp: adds machines, takes some away, reconfigures others, renames.</summary>
    public static VcdAnswer Recompose(VcdCall call, VApp vApp)
    {
        var body = BodyShape.Recompose.Read(call, MediaTypes.RecomposeParams);
        var target = ComputeTarget.Of(vApp);
        target.RequireChange(call);
        target.RequireWhole();
        var name = (string?)body.Attribute("name") is { Length: > 0 } ? UploadStart.Name(body) : vApp.Name;
        VAppChanges.RequireFreeName(call, vApp.Vdc, name, vApp);
        var reader = new PlanReader(call, vApp.Vdc, body);
        var plan = reader.Read(name);
        var leaving = body.Elements(Xml.Namespace + "DeleteItem").Select(reader.Resolve<VirtualMachine>).ToList();
        foreach (var machine in leaving)
        {
            if (machine.VApp != vApp) throw VcdException.BadRequest($"The virtual machine \"{machine.Name}\" is not in vApp \"{vApp.Name}\".");
            reader.RequireRemovable(machine);
        }

        foreach (var item in body.Elements(Xml.Namespace + "SourcedItem")) reader.AddItem(plan, vApp, item);
        foreach (var item in body.Elements(Xml.Namespace + "CreateItem")) reader.AddBlank(plan, vApp, item);
        var changes = body.Elements(Xml.Namespace + "ReconfigureItem").Select(item => MachineChanges.ReadReconfiguration(call, item, reader.Resolve<VirtualMachine>(item))).ToList();
        plan.RequireRoom(call.World.Inventory);
        return target.Accept(call, "vdcRecomposeVapp", "Recomposing",
        [
            new WorkStep(call.Settings.CopyTime, () =>
            {
                (vApp.Name, vApp.Description) = (name, plan.Description ?? vApp.Description);
                if (plan.Networks is { } networks) NetworkConfigs.Apply(call.World.Inventory, vApp, [.. Kept(vApp, networks), .. networks]);
                foreach (var machine in leaving) call.World.Inventory.Remove(machine);
                plan.Build(call.World, vApp);
                foreach (var change in changes) change();
            }),
        ]);
    }

    /// <summary>The present networks of a vApp that a recomposition says nothing of stay.</summary>
    private static IEnumerable<PlannedNetwork> Kept(VApp vApp, List<PlannedNetwork> named)
        => vApp.Networks.Where(n => !named.Exists(p => p.Name == n.Name)).Select(Planned);

    private static PlannedNetwork Planned(VAppNetwork network) => new(network.Name, network.Fence, network.Scope, network.Parent)
    {
        Description = network.Description,
        RetainsAddresses = network.RetainsAddresses,
        Features = network.Features is null ? null : new XElement(network.Features),
    };

    /// <summary>The networks of a vApp, for a copy: those that are bridged or routed to what the other VDC has not become isolated.</summary>
    private static List<PlannedNetwork> Networks(VApp source, Vdc vdc) => source.Networks.ConvertAll(n => Planned(n) is var planned && (planned.Parent is not { } parent || parent.Vdc == vdc || (parent.IsShared && parent.Org == vdc.Org))
        ? planned
        : planned with { Fence = FenceMode.Isolated, Parent = null, Features = null, Scope = planned.Scope with { IsInherited = false } });

    private static (XElement Body, PlanReader Reader, VApp VApp, VAppPlan Plan) Begin(VcdCall call, Vdc vdc, BodyShape shape, string type)
    {
        var body = shape.Read(call, type);
        if (!call.Sees.MayCreateIn(vdc)) throw VcdException.Forbidden();
        var name = UploadStart.Name(body);
        VAppChanges.RequireFreeName(call, vdc, name, except: null);
        var reader = new PlanReader(call, vdc, body);
        var plan = reader.Read(name);
        return (body, reader, new VApp(Guid.NewGuid(), name, vdc, call.Session.Account, call.Now) { Description = plan.Description ?? "", CreationStatus = MachineStatus.Unresolved }, plan);
    }

    private static VcdAnswer Make(VcdCall call, VApp vApp, VAppPlan plan, string operationName, string verb, Action atEnd)
    {
        var world = call.World;
        plan.RequireRoom(world.Inventory);
        world.Inventory.Add(vApp);
        if (plan.Description is not null) vApp.Description = plan.Description;
        if (plan.Lease is { } lease) (vApp.RuntimeLease, vApp.StorageLease) = lease;
        if (plan.ProductSections is { Count: > 0 } products) vApp.ProductSections = products;
        List<WorkStep> steps =
        [
            new WorkStep(call.Settings.CopyTime, () =>
            {
                NetworkConfigs.Apply(world.Inventory, vApp, plan.Networks ?? []);
                plan.Build(world, vApp);
                vApp.CreationStatus = null;
                atEnd();
                Leases.Follow(world, vApp, lease: null);
            }),
        ];
        if (plan.Machines.Count > 0 && (plan.Deploys || plan.PowersOn))
        {
            steps.Add(new WorkStep(call.Settings.PowerTime, () =>
            {
                foreach (var machine in vApp.Machines) PowerChanges.SwitchOn(machine, plan.PowersOn, forcesCustomization: false, isAlone: false);
                Leases.Follow(world, vApp, lease: null);
            }));
        }

        Work.BeginSteps(world, vApp, operationName, $"{verb} Virtual Application {vApp.Name}({vApp.Id})", call.Session.Account, steps, () => Fail(world, vApp, plan));
        return VcdAnswer.Created(VAppAnswers.Build(call, vApp), MediaTypes.VApp);
    }

    /// <summary>A creation that fails leaves what was made until then: the vApp, and the first half of its machines. What was there already is as good as before.</summary>
    private static void Fail(VcdWorld world, VApp vApp, VAppPlan plan)
    {
        if (vApp.CreationStatus is null) return;
        vApp.CreationStatus = MachineStatus.FailedCreation;
        foreach (var planned in plan.Machines.Take((plan.Machines.Count + 1) / 2))
        {
            planned.Machine.Status = MachineStatus.FailedCreation;
            world.Inventory.Add(planned.Machine);
        }
    }
}
